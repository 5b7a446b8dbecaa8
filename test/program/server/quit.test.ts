import process from 'node:process';
import {expect, test} from 'vitest';
import {waitUntil} from '../../helpers/session/session.js';
import {nodes, type Terminal} from '../../helpers/terminal/terminal.js';
import {around, pidOf, setStage} from '../stage.js';

const stage = setStage(nodes[0]?.node ?? process.execPath, {isCleared: true});

const endings: readonly ((terminal: Terminal) => unknown)[] = [
	async terminal => terminal.type('q'),
	terminal => process.kill(pidOf(terminal), 'SIGTERM'),
	terminal => process.kill(pidOf(terminal), 'SIGKILL'),
];

test('with refreshes that are stuck on the server nothing of ours is left there after q, SIGTERM or SIGKILL', async () => {
	const terminals = await Promise.all(endings.map(async () => stage.watch({under: around})));
	// Over the function: the view itself waits for that lock.
	const ours = "pg_stat_get_activity(null) where application_name = 'pgtop'";
	const blocker = await stage.open('begin', {user: 'postgres'});
	await blocker.query('lock table pg_database in access exclusive mode');
	const stuck = `(select count(*) = ${endings.length} from ${ours} and wait_event_type = 'Lock')`;
	await waitUntil(stage.cluster, stuck);

	await Promise.all(endings.map(async (end, index) => end(terminals[index] as Terminal)));

	await Promise.all(terminals.map(async terminal => terminal.until(/^exit (?:0|143|137)/)));
	await waitUntil(stage.cluster, `not exists (select from ${ours})`);
	expect(await blocker.query('select 1')).toHaveLength(1);
	await blocker.query('rollback');
});
