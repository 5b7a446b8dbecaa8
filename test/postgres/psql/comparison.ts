import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {makePrivateFolder} from '../../../source/demo/launch/folder/private-folder.js';
import {type Call, prepare} from './call.js';
import type {Case, Outcome} from './case.js';
import {askPgtop} from './pgtop.js';
import {askPsql, type Psql} from './psql.js';
import {openStage} from './stage/stage.js';

export type Comparison = {
	/** The outcome of psql. */
	ofPsql(psql: Psql, case_: Case): Promise<Outcome>;
	/** The outcome of pgtop; asked once, however often it is compared. */
	ofPgtop(case_: Case): Promise<Outcome>;
	/** Why the case can't be tried on this machine. */
	lacks(case_: Case): string | undefined;
	/** How many sessions pgtop has on the servers. */
	sessions(): Promise<number>;
	close(): Promise<void>;
};

/** Which of the addresses of localhost answers is the machine's. */
const settle = (case_: Case, outcome: Outcome): Outcome =>
	outcome.outcome === 'connected' && outcome.address !== 'socket' && /localhost/.test(JSON.stringify(case_))
		? {...outcome, address: 'localhost'}
		: outcome;

/** The servers, and both programs on them. */
export async function openComparison(): Promise<Comparison> {
	const stage = await openStage();
	const {path: folder, remove} = await makePrivateFolder(false);
	for (const [name, text] of Object.entries(stage.papers))
		await writeFile(join(folder, name), text, {mode: 0o600});

	const outcomeOf = async (case_: Case, ask: (call: Call) => Promise<Outcome>) =>
		settle(case_, await ask(await prepare(case_, stage, folder)));
	const known = new Map<Case, Promise<Outcome>>();
	return {
		ofPsql: (psql, case_) => outcomeOf(case_, call => askPsql(psql, call, stage)),
		ofPgtop(case_) {
			const outcome = known.get(case_) ?? outcomeOf(case_, call => askPgtop(call, stage));
			known.set(case_, outcome);
			return outcome;
		},
		lacks: ({needs}) => needs && stage.lacks(needs),
		sessions: () => stage.sessions('pgtop'),
		async close() {
			await stage.close();
			await remove();
		},
	};
}
