import path from 'node:path';
import {rewrite} from './rewrite.mjs';
import {rewrites} from './rewrites.mjs';

// What esbuild makes the program of, and how.
export const bundle = {
	absWorkingDir: path.resolve(import.meta.dirname, '..'),
	entryPoints: ['source/cli.ts'],
	outfile: 'dist/cli.js',
	bundle: true,
	minify: true,
	metafile: true,
	platform: 'node',
	format: 'esm',
	target: 'node20',
	// Takes source/ink/ink-table.bundle.ts for #ink-table.
	conditions: ['bundle'],
	// Ink imports its developer tools only when DEV is set; they are not installed.
	alias: {'react-devtools-core': 'node:util'},
	plugins: [rewrite(rewrites)],
	define: {
		'process.env.NODE_ENV': '"production"',
		// Yoga would fetch its own data URL, which costs the loading of Node's HTTP client at every start.
		fetch: 'undefined',
		// Pg would make a response to learn whether it runs at Cloudflare, which costs the same.
		Response: 'undefined',
	},
	banner: {
		// The CommonJS packages inside require Node's own modules.
		js: "#!/usr/bin/env node\nimport {createRequire as createRequire_} from 'node:module';const require = createRequire_(import.meta.url);",
	},
	// All licences are in the notices.
	legalComments: 'none',
	logLevel: 'warning',
};
