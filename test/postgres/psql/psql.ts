import {execFileSync, spawn} from 'node:child_process';
import {readdirSync} from 'node:fs';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import {limit} from '../../helpers/limit.js';
import {type Call, question, read} from './call.js';
import type {Outcome} from './case.js';
import type {Stage} from './stage/stage.js';

export type Psql = {readonly file: string; readonly version: string; readonly major: number};

/** Debian's /usr/bin/psql is a script that has its own thoughts about where to connect. PGTOP_TEST_PSQL=/path: that one. */
function places(): readonly string[] {
	const {PGTOP_TEST_PSQL: wish} = process.env;
	if (wish !== undefined) return [wish];
	const parent = '/usr/lib/postgresql';
	try {
		const versions = readdirSync(parent).sort((a, b) => Number(b) - Number(a));
		return [...versions.map(version => `${parent}/${version}/bin/psql`), 'psql'];
	} catch {
		return ['psql'];
	}
}

export const isPsql = (found: Psql | string): found is Psql => typeof found === 'object';

function versionOf(file: string): readonly Psql[] {
	try {
		const said = execFileSync(file, ['--version'], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']});
		const version = /\d+\.\d+/.exec(said)?.[0] ?? '0';
		return [{file, version, major: Number.parseInt(version, 10)}];
	} catch {
		return [];
	}
}

/** The newest psql of this machine. Before 15 it takes the home folder from the account, where no test may write. */
export function findPsql(): Psql | string {
	const [psql] = places().flatMap(versionOf);
	if (psql === undefined) return 'there is no psql';
	return psql.major < 15 ? `psql ${psql.version} knows no other home folder than the account's` : psql;
}

/** How libpq begins a sentence on a try; it looks at some numbers when it connects, and not before. */
const attempt =
	/(?:connection to server (?:at|on)|could not translate host name|Unix-domain socket path)(?!.*: invalid integer value)(?:.*FATAL: {2}(.*))?/g;

/** Calls psql without a terminal, so that it reads a password from its standard input. */
export async function askPsql({file}: Psql, {argv, env, types, asks}: Call, stage: Stage): Promise<Outcome> {
	// What makes it print comes first: after `--` it would be a name.
	const child = spawn(file, ['-XAtc', question(asks), ...argv], {
		env: {PATH: process.env.PATH, LC_ALL: 'C', ...env},
		detached: true,
		stdio: 'pipe',
		timeout: limit,
		killSignal: 'SIGKILL',
	});
	child.stdin.on('error', () => {});
	child.stdin.end(types === undefined ? '' : `${types}\n`);
	const [said, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
	const asked = /^(?:Password|Enter PEM pass phrase)/m.test(complaint);
	if (said !== '') return read(said, 'psql', asked, stage);
	const tries = [...complaint.matchAll(attempt)];
	if (tries.length === 0) return {outcome: 'refused'};
	const codes = await Promise.all(tries.map(async ([, fatal]) => (fatal ? stage.codeOf(fatal) : '')));
	return {outcome: 'failed', codes: [...new Set(codes)], asked};
}
