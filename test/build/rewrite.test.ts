import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {type BuildOptions, build, type Plugin} from 'esbuild';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import packageJson from '../../package.json' with {type: 'json'};
import packageLock from '../../package-lock.json' with {type: 'json'};

type Pins = {
	readonly devDependencies: Readonly<Record<string, string>>;
	readonly packages: Readonly<Record<string, {readonly version?: string}>>;
};
type Tools = Readonly<Record<'width' | 'wrap' | 'slice', (text: string, ...numbers: number[]) => unknown>>;
type Rewrite = {readonly file: string; readonly old: RegExp; readonly by: string};

const scripts = join(import.meta.dirname, '..', '..', '.build');

let folder: string;
let rewrite: (rewrites: readonly Rewrite[]) => Plugin;
let rewrites: readonly Rewrite[];
let bundle: BuildOptions;
let inkBundle: BuildOptions;
let flagsBundle: BuildOptions;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
	({rewrite} = await import(join(scripts, 'rewrite.mjs')));
	const {inkRewrites, rewrites: others} = await import(join(scripts, 'rewrites.mjs'));
	rewrites = [...inkRewrites, ...others];
	({bundle, flagsBundle, inkBundle} = await import(join(scripts, 'bundle.mjs')));
});

afterAll(async () => rm(folder, {recursive: true, force: true}));

const renderer = 'node_modules/ink/build/renderer.js';
const usual = "import output from './output.js'; console.log('renderer', output);";

/** Bundles these files with our output in the renderer. */
async function bundled(name: string, files: Readonly<Record<string, string>>): Promise<string> {
	const root = join(folder, name);
	const all = {
		'main.js': `import './${renderer}';`,
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
		plugins: [rewrite([{file: 'ink/build/renderer.js', old: /'.\/output.js'/, by: "'../../../ours.js'"}])],
	});
	return outputFiles.map(({text}) => text).join('');
}

describe('the build', () => {
	test('puts other text into a file of a package', async () => {
		const text = await bundled('once', {[renderer]: usual});
		expect(text).toContain('our output');
		expect(text).not.toContain('their output');
	});

	test('leaves the same text in another file alone', async () => {
		const other = "import output from './output.js'; console.log('other', output);";
		const text = await bundled('elsewhere', {
			[renderer]: `${usual} import './other.js';`,
			'node_modules/ink/build/other.js': other,
		});
		expect(text).toContain('our output');
		expect(text).toContain('their output');
	});

	const twoInks = "import './node_modules/other/node_modules/ink/build/renderer.js';";

	test.each<[what: string, times: number, files: Readonly<Record<string, string>>]>([
		['the text has changed', 0, {[renderer]: "import './draw.js';", 'node_modules/ink/build/draw.js': ''}],
		[
			'the file has moved',
			0,
			{'main.js': "import './node_modules/ink/draw.js';", 'node_modules/ink/draw.js': ''},
		],
		['the text is there twice', 2, {[renderer]: `${usual} import('./output.js');`}],
		[
			'the package is there twice',
			2,
			{
				'main.js': `import './${renderer}'; ${twoInks}`,
				[renderer]: usual,
				'node_modules/other/node_modules/ink/build/renderer.js': usual.replace(
					"'./output.js'",
					"'./output.js' ",
				),
				'node_modules/other/ours.js': '',
			},
		],
	])('fails where %s', async (name, times, files) => {
		await expect(bundled(name, files)).rejects.toThrow(
			`ink/build/renderer.js has /'.\\/output.js'/ ${times} times, not once: see .build/rewrites.mjs`,
		);
	});
});

describe('the program', () => {
	test('has the fast output in Ink’s renderer, and little of what nobody calls', async () => {
		const {metafile: ink} = await build({...inkBundle, write: false, metafile: true});
		const imported = ink.inputs['node_modules/ink/build/renderer.js']?.imports.map(({path}) => path);
		expect(imported).toContain('source/ink/fast-output.ts');
		expect(imported).not.toContain('node_modules/ink/build/output.js');
		const {metafile} = await build({...bundle, write: false, metafile: true});
		const [program] = Object.values(metafile.outputs);
		const packages = Object.keys({...ink.inputs, ...program?.inputs}).join('\n');
		expect(packages).not.toMatch(/pg-pool|pgpass|object-hash|pg\/lib\/native/);
		expect(packages).not.toContain('meow');
		const {metafile: flags} = await build({...flagsBundle, write: false, metafile: true});
		const [reader] = Object.values(flags.outputs);
		expect(reader?.inputs['node_modules/meow/build/dependencies.js']?.bytesInOutput).toBeLessThan(40_000);
	});

	test('measures, wraps and cuts as the packages do, whose tools it makes later', async () => {
		const files = ['string-width/index.js', 'wrap-ansi/index.js', 'slice-ansi/tokenize-ansi.js'];
		const contents = `
			export {default as width} from 'string-width';
			export {default as wrap} from 'wrap-ansi';
			export {default as slice} from 'slice-ansi';`;
		const here = rewrites.filter(({file}) => files.includes(file));
		expect(here).toHaveLength(4);
		const tools = async (name: string, plugins: Plugin[]): Promise<Tools> => {
			const outfile = join(folder, name);
			const stdin = {contents, resolveDir: scripts};
			await build({stdin, outfile, bundle: true, platform: 'node', format: 'esm', plugins});
			return import(outfile);
		};
		const ours = await tools('ours.mjs', [rewrite(here)]);
		const theirs = await tools('theirs.mjs', []);
		for (const text of ['plain', '漢字 👩‍💻 e\u0301', '🇨🇭1️⃣❤️ कि', '\u001B[31mред \u001B[39m한글 🏽'])
			for (const how of ['width', 'wrap', 'slice'] as const)
				expect(ours[how](text, 3, 7)).toEqual(theirs[how](text, 3, 7));
	});

	test('is made of packages that are pinned, where pieces of them are rewritten', () => {
		const {devDependencies, packages}: Pins = {...packageJson, ...packageLock};
		const names = new Set(rewrites.map(({file}) => /^(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? ''));
		expect([...names]).toContain('ink');
		for (const name of names)
			expect(devDependencies[name] ?? packages[`node_modules/${name}`]?.version).toMatch(/^\d+\.\d+\.\d+$/);
	});
});
