import {join} from 'node:path';
import {marked} from 'marked';
import ts from 'typescript';
import {expect, test} from 'vitest';
import {readPaper, root} from './papers.js';

const paper = '.github/CONTRIBUTING.md';
const files = {time: 'source/domain/session/time.ts', columns: 'source/views/sessions/columns.ts'};

/** The pieces of TypeScript that a paper shows, also those in a list. */
function shownCode(markdown: string): readonly string[] {
	const pieces: string[] = [];
	void marked.walkTokens(marked.lexer(markdown), token => {
		if (token.type === 'code' && token.lang === 'ts') pieces.push(token.text);
	});
	return pieces;
}

/** What the compiler says of a file of ours, with other texts in place of some files. */
function complaints(file: string, texts: ReadonlyMap<string, string>): readonly string[] {
	const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
	const {options} = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
	const host = ts.createCompilerHost(options);
	const {readFile} = host;
	host.readFile = path => texts.get(path) ?? readFile(path);
	const program = ts.createProgram([join(root, file)], options, host);
	return ts
		.getPreEmitDiagnostics(program)
		.map(({messageText}) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

test('a column, added as CONTRIBUTING says, compiles', async ({skip}) => {
	const [age = '', row = ''] = shownCode(await readPaper(paper));
	const [time = '', columns = ''] = await Promise.all([files.time, files.columns].map(readPaper));
	const [, name = ''] = /export const (\w+)/.exec(age) ?? [];
	expect(name).not.toBe('');
	if (time.includes(`const ${name} =`)) skip('somebody has followed the page: its column is there');
	const withRow = columns
		.replace(/(?=\t\{\n\t\tid: 'query',)/, `${row}\n`)
		.replace(/(?<=import \{)(?=[^}]*\} from '\.\.\/\.\.\/domain\/session\/time\.js')/, `${name}, `);
	expect(withRow).toContain(row);
	const texts = new Map([
		[join(root, files.time), `${time}\n${age}\n`],
		[join(root, files.columns), withRow],
	]);
	expect(complaints(files.columns, texts)).toEqual([]);
	// Without the import it does not: so the compiler has read these texts.
	const unimported = new Map([...texts, [join(root, files.columns), withRow.replace(`${name}, `, '')]]);
	expect(complaints(files.columns, unimported)).toEqual([`Cannot find name '${name}'.`]);
});
