import path from 'node:path';
import {apart} from './apart.mjs';
import {later, required} from './later.mjs';
import {lazy} from './lazy.mjs';
import {rewrite} from './rewrite.mjs';
import {inkRewrites, rewrites} from './rewrites.mjs';

const usual = {
	absWorkingDir: path.resolve(import.meta.dirname, '..'),
	bundle: true,
	minify: true,
	metafile: true,
	platform: 'node',
	format: 'esm',
	target: 'node20',
	// Takes source/ink/ink-table.bundle.ts for #ink-table.
	conditions: ['bundle'],
	define: {
		'process.env.NODE_ENV': '"production"',
		// Yoga would fetch its WebAssembly before it looks whether it is there, which loads Node's HTTP client.
		fetch: 'undefined',
		// Pg would make a response to learn whether it runs at Cloudflare, which costs the same.
		Response: 'undefined',
		// Pg and what Ink brings ask it where they run, and Node 24 loads its worker threads for the answer.
		navigator: 'undefined',
		'globalThis.navigator': 'undefined',
	},
	// All licences are in the notices.
	legalComments: 'none',
	logLevel: 'warning',
};

// Ink, React and what they need: a file that is read when the first picture stands.
export const inkBundle = {
	...usual,
	entryPoints: ['source/ink/packages.ts'],
	outfile: 'dist/ink.js',
	plugins: [rewrite(inkRewrites), required],
	// Yoga asks where it is, and does not use the answer.
	define: {...usual.define, 'import.meta.url': '""'},
};

// The thread that formats queries: a file that is read when the first one is to be formatted.
export const formatBundle = {
	...usual,
	entryPoints: ['source/format/worker.ts'],
	outfile: 'dist/format.js',
	banner: {
		js: "import {createRequire as createRequire_} from 'node:module';const require = createRequire_(import.meta.url);",
	},
};

// The throw-away server and its shop: a file that only --demo reads. It has a pg of its own.
export const demoBundle = {
	...usual,
	entryPoints: ['source/demo/demo.ts'],
	outfile: 'dist/demo.js',
	plugins: [rewrite(rewrites.filter(({file}) => file.startsWith('pg/')))],
	banner: formatBundle.banner,
};

// Meow: a file that is read when there is a flag that psql hasn't.
export const flagsBundle = {
	...usual,
	entryPoints: ['source/run/start/read-flags.ts'],
	outfile: 'dist/read-flags.js',
	plugins: [rewrite(rewrites.filter(({file}) => file.startsWith('meow/')))],
	banner: formatBundle.banner,
};

// What esbuild makes the program of, and how.
export const bundle = {
	...usual,
	entryPoints: ['source/cli.ts'],
	outfile: 'dist/cli.js',
	plugins: [
		rewrite(rewrites.filter(({file}) => !file.startsWith('meow/'))),
		later(inkBundle),
		apart(demoBundle),
		apart(flagsBundle),
		// Most starts need none of these, and with them the start takes a tenth longer on Node 24.
		lazy(
			['node:child_process', 'node:crypto', 'node:dns', 'node:tls', 'node:worker_threads'],
			'pg/lib/crypto/utils.js',
		),
	],
	banner: {
		// The CommonJS packages inside require Node's own modules.
		js: "#!/usr/bin/env node\nimport {createRequire as createRequire_} from 'node:module';const require = createRequire_(import.meta.url);",
	},
};
