import type {TestCluster} from '../../../../helpers/server/cluster.js';
import {visit} from '../../../../helpers/session/scene.js';

/** Makes pause(), which waits at the next gate each time that somebody calls it. */
export const gates = `
	create sequence gate;
	create function pause() returns void language sql security definer
		as 'select pg_advisory_lock_shared(nextval(''gate''))'`;

/** Closes two gates: who calls pause() waits, first at the one and then at the other. */
export async function closeGates(cluster: TestCluster) {
	const keeper = await visit(cluster, {user: 'postgres'});
	await keeper.query("select setval('gate', 1, false), pg_advisory_lock(1), pg_advisory_lock(2)");
	const open = (gate: number) => () => keeper.query(`select pg_advisory_unlock(${gate})`);
	return {openFirst: open(1), openSecond: open(2)};
}

/** Whether the victim has come to this gate. */
export const isAtGate = (pid: number, gate: number) =>
	`exists (select from pg_locks where pid = ${pid} and locktype = 'advisory' and objid = ${gate} and not granted)`;
