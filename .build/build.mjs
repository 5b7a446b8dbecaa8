import {chmod, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {build} from 'esbuild';
import {thirdPartyNotices} from './third-party-notices.mjs';

const root = path.resolve(import.meta.dirname, '..');
const outfile = path.join(root, 'dist/cli.js');

const {metafile} = await build({
	absWorkingDir: root,
	entryPoints: ['source/cli.ts'],
	outfile,
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
	// Pg looks for it only when asked to.
	external: ['pg-native'],
	define: {
		'process.env.NODE_ENV': '"production"',
		// Yoga would fetch its own data URL, which costs the loading of Node's HTTP client at every start.
		fetch: 'undefined',
	},
	banner: {
		// The CommonJS packages inside require Node's own modules.
		js: "#!/usr/bin/env node\nimport {createRequire as createRequire_} from 'node:module';const require = createRequire_(import.meta.url);",
	},
	// All licences are in the notices.
	legalComments: 'none',
	logLevel: 'warning',
});

await chmod(outfile, 0o755);
await writeFile(path.join(root, 'dist/third-party-notices.txt'), await thirdPartyNotices(root, metafile));
