import {startSentence} from '../../../source/postgres/failures/start-sentence.js';
import {parseArguments} from '../../../source/run/start/argv.js';
import {openTarget} from '../../../source/run/start/open-target.js';
import {options} from '../../../source/tables/options.js';
import {type Call, question, read} from './call.js';
import type {Outcome} from './case.js';
import type {Stage} from './stage/stage.js';

/** Every secret of the cases, in each of the ways in which they write it. */
const secret = /ge\\?:he|ge%3A|open sesame/;

function review(sentence: string): void {
	if (!/^[^\n]{10,}$/.test(sentence)) throw new Error(`this is not one sentence: ${sentence}`);
	if (secret.test(sentence)) throw new Error(`this shows a secret: ${sentence}`);
}

/** Connects as the program does with these arguments, and asks what psql is asked. What it has to complain of is reviewed. */
export async function askPgtop({argv, env, types, asks}: Call, stage: Stage): Promise<Outcome> {
	const parsed = await parseArguments(argv, options);
	if (parsed.type === 'bad') review(parsed.sentence);
	if (parsed.type !== 'run') return {outcome: 'refused'};

	let asked = false;
	const login = await openTarget(parsed.flags, env, async () => {
		asked = true;
		return types === undefined ? {type: 'no terminal'} : {type: 'password', password: types};
	});
	if ('warning' in login && login.warning !== undefined) review(login.warning);
	switch (login.type) {
		case 'bad':
			review(login.sentence);
			return {outcome: 'refused'};
		case 'cancelled':
			throw new Error('nobody cancels here');
		case 'failed': {
			review(startSentence(login));
			const {code = ''} = login.fault;
			// The system's names, as ECONNREFUSED, are for pgtop itself.
			return {outcome: 'failed', codes: [/^[\dA-Z]{5}$/.test(code) ? code : ''], asked};
		}
		case 'connected': {
			const {client} = login;
			try {
				const {rows} = await client.query({text: question(asks), rowMode: 'array'});
				return read(String(rows[0]?.[0]), 'pgtop', asked, stage);
			} finally {
				await client.end();
			}
		}
	}
}
