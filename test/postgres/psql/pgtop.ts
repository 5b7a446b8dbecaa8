import {parseArguments} from '../../../source/argv.js';
import {resolveTarget} from '../../../source/postgres/connect/connect-settings.js';
import {logIn} from '../../../source/postgres/connect/log-in.js';
import {thisMachine} from '../../../source/postgres/connect/machine.js';
import type {Answer} from '../../../source/postgres/connect/prompt.js';
import {type Call, question, read} from './call.js';
import type {Outcome} from './case.js';
import type {Stage} from './stage/stage.js';

/** Connects as the program does with these arguments, and asks what psql is asked. */
export async function askPgtop({argv, env, types, asks}: Call, stage: Stage): Promise<Outcome> {
	const parsed = await parseArguments(argv);
	if (parsed.type !== 'run') return {outcome: 'refused'};
	const {host, port, username: user, dbname, withPassword, withoutPassword} = parsed.flags;

	let asked = false;
	const ask = async (): Promise<Answer> => {
		asked = true;
		return types === undefined ? {type: 'no terminal'} : {type: 'password', password: types};
	};
	const typed = withPassword ? await ask() : undefined;
	const password = typed?.type === 'password' ? typed.password : undefined;
	const resolved = resolveTarget({host, port, user, dbname, password}, env, thisMachine());
	if (resolved.type === 'bad') return {outcome: 'refused'};

	const mayAsk = !withPassword && !withoutPassword;
	const login = await logIn(resolved.target, mayAsk ? ask : async () => ({type: 'no terminal'}));
	if (login.type === 'cancelled') throw new Error('nobody cancels here');
	if (login.type === 'failed') {
		const {code = ''} = login.fault;
		// The system's names, as ECONNREFUSED, are for pgtop itself.
		return {outcome: 'failed', codes: [/^[\dA-Z]{5}$/.test(code) ? code : ''], asked};
	}

	const {client} = login;
	try {
		const {rows} = await client.query({text: question(asks), rowMode: 'array'});
		return read(JSON.stringify(rows[0]?.[0]), 'pgtop', asked, stage);
	} finally {
		await client.end();
	}
}
