import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type BuildOptions, build, type Plugin} from 'esbuild';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';

const scripts = join(import.meta.dirname, '..', '..', '.build');

let folder: string;
let later: (options: BuildOptions) => Plugin;
let required: Plugin;
let bundle: BuildOptions;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
	({later, required} = await import(join(scripts, 'later.mjs')));
	({bundle} = await import(join(scripts, 'bundle.mjs')));
});

afterAll(async () => rm(folder, {recursive: true, force: true}));

/** What this source has for its exports when the file that it imports, `./heavy.js`, is put off. */
async function made(heavy: string, source: string, name: string): Promise<unknown> {
	await writeFile(join(folder, 'heavy.js'), heavy);
	await writeFile(join(folder, 'main.js'), source);
	const usual = {
		absWorkingDir: folder,
		bundle: true,
		platform: 'node',
		format: 'esm',
		logLevel: 'silent',
	} as const;
	const put = {...usual, entryPoints: ['heavy.js'], outfile: 'put-off.js', write: false, plugins: [required]};
	const outfile = join(folder, name);
	const banner = {
		js: "import {createRequire} from 'node:module'; const require = createRequire(import.meta.url);",
	};
	await build({...usual, entryPoints: ['main.js'], outfile, banner, plugins: [later(put)]});
	return import(outfile);
}

describe('a bundle that is put off', () => {
	test('runs when one of its exports is imported first, with Node’s modules at hand', async () => {
		const heavy = `
			import {sep} from 'path';
			import {EOL} from 'node:os';
			globalThis.heavyRan = true;
			const late = await Promise.resolve("quoted \\u2028 'text'");
			export {late as text};
			export const ends = sep + EOL;`;
		const source = `
			export const before = globalThis.heavyRan;
			export const {text, ends} = await import('./rest.js');`;
		await writeFile(join(folder, 'rest.js'), "export {text, ends} from './heavy.js';");
		expect(await made(heavy, source, 'runs.mjs')).toMatchObject({
			before: undefined,
			text: "quoted \u2028 'text'",
			ends: '/\n',
		});
	});

	test('is told by its name where it fails', async () => {
		const heavy = 'export function fail() { throw new Error("told"); }';
		const {fail} = (await made(heavy, "export {fail} from './heavy.js';", 'fails.mjs')) as {fail(): never};
		expect(() => fail()).toThrow(
			expect.objectContaining({stack: expect.stringMatching(/at fail \(put-off\.js:\d/)}),
		);
	});

	test('has exports, or the build fails', async () => {
		await expect(made('console.log(1);', "import './heavy.js';", 'none.mjs')).rejects.toThrow(
			'the bundle that is put off ends with no exports',
		);
	});
});

test('Ink, React and Yoga are put off in the program, and nothing else is', async () => {
	const {metafile} = await build({...bundle, write: false, metafile: true});
	const packages = Object.keys(metafile.inputs).join('\n');
	expect(packages).not.toMatch(/node_modules\/(?:ink|react|react-reconciler|yoga-layout|ink-table)\//);
	expect(packages).toMatch(/node_modules\/pg\//);
	expect(packages).toContain('source/ink/app.tsx');
});
