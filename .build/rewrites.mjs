import {Buffer} from 'node:buffer';
import {deflateRawSync} from 'node:zlib';

const compressed = base64 => deflateRawSync(Buffer.from(base64, 'base64'), {level: 9}).toString('base64');

// What the program has in the place of a piece of a package. The packages are pinned.
export const inkRewrites = [
	// Ink's renderer draws with our output.
	{
		file: 'ink/build/renderer.js',
		old: /'\.\/output\.js'/,
		by: "'../../../source/ink/fast-output.ts'",
	},
	// The first segmenter of a process takes 8 ms, and the list of all emoji 2. Texts of ASCII need neither.
	...[
		'@alcalzone/ansi-tokenize/build/tokenize.js',
		'ink/build/line-update.js',
		'slice-ansi/tokenize-ansi.js',
		'string-width/index.js',
		'wrap-ansi/index.js',
	].map(file => ({
		file,
		old: /(?<== )new Intl\.Segmenter\((.*)\);/,
		by: '{segment(text) { return (this.made ??= new Intl.Segmenter($1)).segment(text); }};',
	})),
	{
		file: 'string-width/index.js',
		old: /(?<=const rgiEmojiRegex = )(.+);/,
		by: '{test: text => $1.test(text)};',
	},
	// Yoga's WebAssembly takes 57 kB less when it is compressed, and no longer to load.
	{
		file: 'yoga-layout/dist/binaries/yoga-wasm-base64-esm.js',
		old: /"data:application\/octet-stream;base64,([^"]+)"(.+)if\(a==H&&w\)return new Uint8Array\(w\);/s,
		by: (_, base64, between) =>
			`""${between}return require("node:zlib").inflateRawSync(Buffer.from("${compressed(base64)}","base64"));`,
	},
	// Ink's developer tools are not installed, and looked for only when DEV is set.
	{
		file: 'ink/build/reconciler.js',
		old: /process\.env\['DEV'\] === 'true'(?=\) \{\s+\/\/ Inten)/,
		by: 'false',
	},
	// A key that React tells rows apart by needs no cryptography.
	{file: 'ink-table/dist/index.js', old: /require\("object-hash"\)/, by: '{sha1: JSON.stringify}'},
];

export const rewrites = [
	// Meow reads package.json and checks licences in it only for those who do not tell it their `pkg`.
	{
		file: 'meow/build/options.js',
		old: /import \{ a as readPackageUpSync, n as normalizePackageData \} from '\.\/dependencies\.js';/,
		by: '',
	},
	...['var libExports', 'var normalizeExports', 'const normalizePackageData'].map(name => ({
		file: 'meow/build/dependencies.js',
		old: new RegExp(`(?<=^${name} = )(?=[\\w$]+\\()`, 'm'),
		by: '/* @__PURE__ */ ',
	})),
	// Of pg we use the client in JavaScript, without the pool.
	{
		file: 'pg/esm/index.mjs',
		old: /import pg from '\.\.\/lib\/index\.js'/,
		by: "import Client_ from '../lib/client.js'; import Query_ from '../lib/query.js'; const pg = {Client: Client_, Query: Query_};",
	},
	// Our password is a function, so pg never looks for the password file.
	{file: 'pg/lib/client.js', old: /require\('pgpass'\)/, by: 'undefined'},
];
