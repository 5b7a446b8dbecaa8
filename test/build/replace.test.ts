import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {type BuildOptions, build, type Plugin} from 'esbuild';
import {afterAll, beforeAll, expect, test} from 'vitest';

type Replacement = {readonly from: string; readonly imports: string; readonly by: string};

const scripts = join(import.meta.dirname, '..', '..', '.build');

let folder: string;
let replace: (replacements: readonly Replacement[]) => Plugin;
let bundle: BuildOptions;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
	({replace} = await import(join(scripts, 'replace.mjs')));
	({bundle} = await import(join(scripts, 'bundle.mjs')));
});

afterAll(async () => rm(folder, {recursive: true, force: true}));

const replacement: Replacement = {from: 'ink/build/renderer.js', imports: './output.js', by: 'ours.js'};

/** Bundles a package with these files, and says what became of it. */
async function bundled(name: string, files: Readonly<Record<string, string>>): Promise<string> {
	const root = join(folder, name);
	const all = {
		'main.js': "import './node_modules/ink/build/renderer.js';",
		'ours.js': "export default 'our output';",
		'node_modules/ink/build/output.js': "export default 'their output';",
		...files,
	};
	for (const [file, text] of Object.entries(all)) {
		await mkdir(dirname(join(root, file)), {recursive: true});
		await writeFile(join(root, file), text);
	}

	const {outputFiles = []} = await build({
		absWorkingDir: root,
		entryPoints: ['main.js'],
		bundle: true,
		write: false,
		logLevel: 'silent',
		plugins: [replace([replacement])],
	});
	return outputFiles.map(({text}) => text).join('');
}

test('a file of ours stands in for one of a package, there only', async () => {
	const text = await bundled('once', {
		'node_modules/ink/build/renderer.js':
			"import output from './output.js'; console.log('renderer', output);",
	});
	expect(text).toContain('our output');
	expect(text).not.toContain('their output');
	const elsewhere = await bundled('elsewhere', {
		'node_modules/ink/build/renderer.js':
			"import output from './output.js'; import './other.js'; console.log(output);",
		'node_modules/ink/build/other.js': "import output from './output.js'; console.log('other', output);",
	});
	expect(elsewhere).toContain('our output');
	expect(elsewhere).toContain('their output');
});

test.each([
	[
		'none',
		0,
		{
			'node_modules/ink/build/renderer.js': "import './draw.js';",
			'node_modules/ink/build/draw.js': "import './output.js';",
		},
	],
	[
		'moved',
		0,
		{'node_modules/ink/build/renderer.js': "import '../output.js';", 'node_modules/ink/output.js': ''},
	],
	[
		'two',
		2,
		{
			'main.js':
				"import './node_modules/ink/build/renderer.js'; import './node_modules/other/node_modules/ink/build/renderer.js';",
			'node_modules/ink/build/renderer.js': "import './output.js';",
			'node_modules/other/node_modules/ink/build/renderer.js': "import './output.js';",
		},
	],
])('the build fails where that file is found otherwise: %s', async (name, times, files) => {
	await expect(bundled(name, files)).rejects.toThrow(
		`ours.js stands in for what ink/build/renderer.js imports as ./output.js: it is imported there ${times} times, not once`,
	);
});

test('the program is built with the fast output', async () => {
	const {metafile} = await build({...bundle, write: false, metafile: true});
	const renderer = metafile.inputs['node_modules/ink/build/renderer.js'];
	expect(renderer?.imports.map(({path}) => path)).toContain('source/ink/fast-output.ts');
	expect(renderer?.imports.map(({path}) => path)).not.toContain('node_modules/ink/build/output.js');
});
