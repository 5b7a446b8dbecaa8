import {chmod, mkdir, mkdtemp, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {Case, Outcome} from './case.js';
import {account} from './stage/accounts.js';
import type {Stage} from './stage/stage.js';

/** A case with everything in it that only this machine knows, and its files written. */
export type Call = {
	readonly argv: readonly string[];
	readonly env: Readonly<Record<string, string>>;
	readonly types?: string;
	readonly asks?: string;
};

const words = (argv: Case['argv'] = []) => (typeof argv === 'string' ? argv.split(' ') : argv);

const map = (texts: Readonly<Record<string, string>> = {}, change: (text: string) => string) =>
	Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, change(text)]));

/** Both programs take the home folder from HOME, rather than from the account. */
export async function prepare(
	{argv, env, files, types, asks}: Case,
	stage: Stage,
	folder: string,
): Promise<Call> {
	const home = await mkdtemp(join(folder, 'home-'));
	const fill = (text: string) => stage.fill(text, {home, papers: folder});
	for (const [place, text] of Object.entries(map(files, fill))) {
		const [name = '', mode = '600'] = place.split(' ');
		const file = join(home, name);
		await mkdir(dirname(file), {recursive: true});
		await writeFile(file, text);
		await chmod(file, Number.parseInt(mode, 8));
	}

	return {
		argv: words(argv).map(fill),
		env: {HOME: home, PGSYSCONFDIR: join(home, 'system'), ...map(env, fill)},
		...(types !== undefined && {types}),
		...(asks !== undefined && {asks}),
	};
}

/** What both ask the server. */
export const question = (asks = 'null::text') => `select json_build_object(
	'user', current_user, 'database', current_database(), 'port', current_setting('port'),
	'address', host(inet_server_addr()), 'application', current_setting('application_name'),
	'tls', (select ssl from pg_stat_ssl where pid = pg_backend_pid()), 'answer', (${asks}))`;

type Row = {
	readonly user: string;
	readonly database: string;
	readonly port: string;
	readonly address: string | null;
	readonly application: string;
	readonly tls: boolean;
	readonly answer: string | null;
};

/** What the server said, without anything that only this machine knows. */
export function read(json: string, program: string, asked: boolean, stage: Stage): Outcome {
	const {user, database, port, address, application, tls, answer} = JSON.parse(json) as Row;
	const masked = (name: string) => (name === account ? '{account}' : name);
	return {
		outcome: 'connected',
		user: masked(user),
		database: masked(database),
		server: stage.nameOf(Number(port)),
		address: address ?? 'socket',
		tls,
		application: application === program ? 'the program' : application,
		asked,
		...(answer !== null && {answer}),
	};
}
