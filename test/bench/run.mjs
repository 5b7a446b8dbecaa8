import {rmSync} from 'node:fs';
import {mkdir, mkdtemp, readFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {build, stop} from 'esbuild';
import {bundle, inkBundle} from '../../.build/bundle.mjs';
import {later} from '../../.build/later.mjs';
import {rewrite} from '../../.build/rewrite.mjs';
import {rewrites} from '../../.build/rewrites.mjs';

// Bundles the benchmark, and what of it runs inside the program, which is bundled as the program is.

const root = bundle.absWorkingDir;
const cache = path.join(root, 'node_modules', '.cache');
await mkdir(cache, {recursive: true});
const folder = await mkdtemp(path.join(cache, 'pgtop-bench-'));
process.on('exit', () => rmSync(folder, {recursive: true, force: true}));

/** A file that looks for something beside itself finds it from within the bundle, too. */
const placed = {
	name: 'placed',
	setup({onLoad}) {
		onLoad({filter: /\/(?:source|test)\/.*\.tsx?$/}, async ({path: file}) => ({
			contents: (await readFile(file, 'utf8')).replaceAll(
				/import\.meta\.dirname/g,
				JSON.stringify(path.dirname(file)),
			),
			loader: file.endsWith('x') ? 'tsx' : 'ts',
		}));
	},
};

const [main, worker] = ['bench.mjs', 'worker.mjs'].map(name => path.join(folder, name));
await build({
	...bundle,
	entryPoints: ['test/bench/inside/worker.ts'],
	outfile: worker,
	// It has no command line.
	plugins: [rewrite(rewrites.filter(({file}) => !file.startsWith('meow/'))), later(inkBundle)],
});
await build({
	absWorkingDir: root,
	entryPoints: ['test/bench/bench.ts'],
	outfile: main,
	bundle: true,
	packages: 'external',
	platform: 'node',
	format: 'esm',
	target: 'node20',
	plugins: [placed],
	logLevel: 'warning',
});
// Its process would run beside what is measured.
await stop();
process.env.PGTOP_BENCH_WORKER = worker;
await import(main);
