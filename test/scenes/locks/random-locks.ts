import type {TestCluster} from '../../helpers/server/cluster.js';
import {type Actor, awaitedIn, letGoOfAll} from './actor.js';
import type {Dice} from './dice.js';

export const tables = `
	create table item (id int primary key, n int);
	insert into item select i, 0 from generate_series(1, 4) i;
	create table uniq (id int primary key);
	create table parent (id int primary key);
	insert into parent select i from generate_series(1, 2) i;
	create table child (parent int references parent);
	create table a (id int);
	create table b (id int);
	create table token (id int primary key);
	create function stops(n int) returns int immutable language plpgsql as
	'begin perform pg_advisory_xact_lock(77); return n; end';
	create index on token (stops(id));
	alter table a owner to app;
	grant all on item, uniq, parent, child, token, b to public;`;

/** Waits for one transaction after the other, each by its virtual id, and lets go of its own in between. It runs outside of a transaction. */
const buildsIndex = 'create index concurrently built on a (id)';

const insertsWithToken = 'insert into token';

export const buildsIndexIn = (actors: readonly Actor[], pid: number) =>
	actors.some(actor => actor.pid === pid && actor.text() === buildsIndex);

/** It lets go of locks by itself when it is over, or in between. */
const isCascading = (actor: Actor) => actor.text() === buildsIndex || actor.failure() !== undefined;

/** Who goes on may free others at once: a token is given back within its statement. */
export const letsGo = (actors: readonly Actor[], pid: number) =>
	actors.some(
		actor => actor.pid === pid && (isCascading(actor) || actor.text().startsWith(insertsWithToken)),
	);

/** Makes room for the next scene. */
export async function clearScene(cluster: TestCluster, actors: readonly Actor[]): Promise<void> {
	await letGoOfAll(cluster, actors);
	await cluster.observe('drop index if exists built');
}

const modes = [
	'access share',
	'row share',
	'row exclusive',
	'share update exclusive',
	'share',
	'share row exclusive',
	'exclusive',
	'access exclusive',
] as const;

/** What a session may do in its transaction, by what it does. */
const statements: readonly [(dice: Dice) => string, ...((dice: Dice) => string)[]] = [
	dice => `update item set n = n + 1 where id = ${1 + dice.below(4)}`,
	dice => `update item set n = n + 1 where id = ${1 + dice.below(2)}`,
	dice => `update item set n = n + 1 where id in (${1 + dice.below(2)}, ${3 + dice.below(2)})`,
	dice =>
		`select from item where id = ${1 + dice.below(3)} for ${dice.of(['update', 'no key update', 'share', 'key share'])}`,
	dice => `lock table ${dice.of(['a', 'b', 'a'])} in ${dice.of(modes)} mode`,
	dice => `lock table ${dice.of(['a', 'b', 'a'])} in ${dice.of(modes)} mode`,
	dice => `select pg_advisory_xact_lock${dice.of(['', '_shared'])}(${dice.below(3)})`,
	dice => `select pg_advisory_lock${dice.of(['', '_shared'])}(${dice.below(3)})`,
	dice => `insert into uniq values (${dice.below(2)})`,
	dice => `insert into child values (${1 + dice.below(2)})`,
	// A second index of this table waits for the advisory lock, with a token that others wait for.
	dice => `${insertsWithToken} values (${dice.below(2)}) on conflict (id) do nothing`,
	() => 'select pg_advisory_xact_lock(77)',
	dice => `delete from parent where id = ${1 + dice.below(2)}`,
	dice => `savepoint s; update item set n = n + 1 where id = ${1 + dice.below(4)}`,
	dice => `savepoint s; lock table ${dice.of(['a', 'b'])} in ${dice.of(modes)} mode`,
	// Where there is none the transaction is over.
	() => 'rollback to s',
];

/** Of these all whose wait is over go on for certain. */
const ofTables: typeof statements = [
	dice => `lock table ${dice.of(['a', 'b'])} in ${dice.of(modes)} mode`,
	dice => `lock table a in ${dice.of(modes)} mode`,
	dice => `select pg_advisory_xact_lock${dice.of(['', '_shared'])}(${dice.below(2)})`,
];

/** Sessions that do things at random, one after the other, until most of them wait. Who waits does nothing more. */
export async function makeScene(
	cluster: TestCluster,
	actors: readonly [Actor, ...Actor[]],
	dice: Dice,
): Promise<void> {
	const mix = dice.of([statements, statements, ofTables]);
	const count = 3 + dice.below(actors.length - 2);
	const acting = actors.slice(0, count) as [Actor, ...Actor[]];
	for (const actor of acting) actor.does('begin');
	await Promise.all(acting.map(actor => actor.over()));
	let hasPrepared = false;
	for (let turn = 0; turn < 3 * count; turn++) {
		const free = acting.filter(actor => !actor.isBusy());
		if (free.length < 2) return;
		const actor = dice.of(free as [Actor, ...Actor[]]);
		if (isCascading(actor)) actor.does('rollback; begin');
		else if (!hasPrepared && turn > 2 && dice.chance(0.03)) {
			hasPrepared = true;
			// With a session's own advisory locks it is refused, and then there is none.
			actor.does(`prepare transaction 'scene'`);
			await actor.over();
			actor.does('rollback; begin');
		} else if (dice.chance(0.04)) {
			actor.does('rollback');
			await actor.over();
			actor.does(buildsIndex);
		} else actor.does(dice.of(mix)(dice));
		await untilWaits(cluster, actor);
	}
}

/** Until its statement has its answer, or waits for a lock. */
export async function untilWaits(cluster: TestCluster, actor: Actor): Promise<void> {
	while (actor.isBusy() && !(await awaitedIn(cluster)).has(actor.pid));
}
