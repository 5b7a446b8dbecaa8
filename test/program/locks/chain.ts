import {waitUntil} from '../../helpers/session/session.js';
import type {Stage} from '../stage.js';

/** What the chain is made of, once for a server. */
export const orders = `
	create table orders (id int primary key, n int);
	insert into orders select g, 0 from generate_series(1, 3) g;
	alter table orders owner to app`;

/** A session that runs this and waits for a lock. */
export async function openWaiting(stage: Stage, text: string, before = 'select 1') {
	const session = await stage.open(before);
	void session.start(text);
	await session.untilBlocked();
	return session;
}

/** One holds a row, for which two wait one behind the other; an ALTER waits for all three, and two readers behind it. */
export async function openChain(stage: Stage) {
	const holder = await stage.open('begin; update orders set n = 1 where id = 1');
	const first = await openWaiting(stage, 'update orders set n = 2 where id = 1', 'begin');
	const second = await openWaiting(stage, 'update orders set n = 3 where id = 1');
	const alter = await openWaiting(stage, 'alter table orders alter n set default 0');
	const readers = [
		await openWaiting(stage, 'select * from orders'),
		await openWaiting(stage, 'select * from orders'),
	] as const;
	return {holder, first, second, alter, readers};
}

/** Until somebody has waited for a lock for longer than the alert needs. */
export const untilAlerted = async (stage: Stage) =>
	waitUntil(
		stage.cluster,
		"exists (select from pg_locks where waitstart < clock_timestamp() - interval '1.1 s')",
	);
