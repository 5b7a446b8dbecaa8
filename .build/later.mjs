import {writeFile} from 'node:fs/promises';
import {isBuiltin} from 'node:module';
import path from 'node:path';
import {build} from 'esbuild';

// Node's own modules by `require`, as a script has no imports.
export const required = {
	name: 'required',
	setup({onResolve, onLoad}) {
		onResolve({filter: /./}, ({path, namespace}) => {
			if (!isBuiltin(path)) return undefined;
			return namespace === 'required' ? {path, external: true} : {path, namespace: 'required'};
		});
		onLoad({filter: /./, namespace: 'required'}, ({path}) => ({
			contents: `module.exports = require(${JSON.stringify(path)});`,
		}));
	},
};

const isExport = /export\s*\{([^}]*)\};?\s*$/;

/** [name inside, name outside] of each export. */
const exportsOf = text => {
	const [, list] = text.match(isExport) ?? [];
	if (list === undefined) throw new Error('the bundle that is put off ends with no exports');
	return list.split(',').map(pair => pair.trim().split(' as '));
};

/**
Puts a bundle into a file beside the program, as a script that is read and compiled when one of its exports is imported first.

V8 reads all code of a file before any of it runs: Ink and React are half of the program, and the first picture needs neither.
*/
export const later = options => ({
	name: 'later',
	setup({initialOptions, onResolve, onLoad, onEnd}) {
		const [file] = options.entryPoints;
		const folder = path.resolve(options.absWorkingDir, path.dirname(file));
		const {name} = path.parse(file);
		const outside = path.basename(options.outfile);
		let script;
		onResolve({filter: new RegExp(`^(?:\\./${name}\\.js|react/jsx-runtime)$`)}, ({importer}) =>
			path.dirname(importer) === folder ? {path: file, namespace: 'later'} : undefined,
		);
		onLoad({filter: /./, namespace: 'later'}, async () => {
			const {outputFiles} = await build({...options, write: false});
			const {text} = outputFiles[0];
			const names = exportsOf(text);
			const given = names.map(([inside, exported]) => `${exported ?? inside}:${inside}`).join(',');
			script = `(async require => {'use strict';${text.replace(isExport, '')}return {${given}}})\n`;
			return {
				contents: `import {readFileSync} from 'node:fs';
import {Script} from 'node:vm';
const filename = ${JSON.stringify(outside)};
const script = new Script(readFileSync(new URL(filename, import.meta.url), 'utf8'), {filename});
export const {${names.map(pair => pair.at(-1)).join(',')}} = await script.runInThisContext()(require);`,
			};
		});
		onEnd(async () => {
			if (initialOptions.write !== false && script !== undefined)
				await writeFile(path.resolve(options.absWorkingDir, options.outfile), script);
		});
	},
});
