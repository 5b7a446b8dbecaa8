import {expect, test} from 'vitest';
import type {Prepared} from '../../../../source/domain/locks/prepared.js';
import {xminHorizon} from '../../../../source/domain/server/figures/xmin-horizon.js';
import type {ReplicationSlot} from '../../../../source/domain/server/snapshot.js';
import {
	backend,
	type Circumstances,
	noon,
	ownPid,
	processOf,
	snapshot,
} from '../../../helpers/state/backend.js';

const nextXid = 5 * 2 ** 32 + 1000;
const known: Circumstances = {nextXid, vacuums: []};
const slot: ReplicationSlot = {name: 'old', isActive: false, xmin: 700};
const prepared: Prepared = {gid: 'g1', owner: 'api', database: 'shop', preparedAt: noon, xid: 600};

const horizon = (backends: Parameters<typeof snapshot>[0], facts: Circumstances = {}) =>
	xminHorizon(snapshot(backends, {...known, ...facts}));

test('the session with the oldest snapshot holds it', () => {
	const old = backend(2, {xmin: 900});
	expect(horizon([backend(1, {xmin: 990}), old, backend(3)])).toEqual({
		age: 100,
		holder: {type: 'session', backend: old},
	});
});

test('or the one with the oldest transaction id, which may have no snapshot now', () => {
	const writer = backend(2, {xid: 800, state: 'idle in transaction'});
	expect(horizon([backend(1, {xmin: 900}), writer])).toEqual({
		age: 200,
		holder: {type: 'session', backend: writer},
	});
	const both = backend(3, {xid: 950, xmin: 700});
	expect(horizon([both])?.age).toBe(300);
});

test('ids that went round are older than those after them', () => {
	const before = backend(1, {xmin: 2 ** 32 - 24});
	expect(horizon([before, backend(2, {xmin: 5})])).toEqual({
		age: 1024,
		holder: {type: 'session', backend: before},
	});
});

test('a running VACUUM and our own session hold nothing, an ANALYZE by autovacuum does', () => {
	const vacuum = backend(1, {xmin: 3, query: 'VACUUM orders'});
	const worker = processOf(2, 'autovacuum worker', {xmin: 500});
	expect(horizon([vacuum, worker, backend(ownPid, {xmin: 3})], {vacuums: [1]})).toMatchObject({
		age: 500,
		holder: {backend: {pid: 2}},
	});
	expect(horizon([vacuum], {vacuums: [1]})).toBeUndefined();
});

test('of those that are as old the one is named that is the reason, and of such the one that began first', () => {
	const writer = backend(2, {xid: 800, age: 60e6});
	const late = backend(1, {xmin: 800, age: 1e6});
	for (const backends of [
		[writer, late],
		[late, writer],
	])
		expect(horizon(backends)).toEqual({age: 200, holder: {type: 'session', backend: writer}});
	expect(horizon([late], {prepared: [{...prepared, xid: 800}]})?.holder.type).toBe('prepared');
	expect(horizon([late], {slots: [{...slot, xmin: 800}]})?.holder.type).toBe('slot');
	const readers = [backend(3, {xmin: 800, age: 5e6}), backend(4, {xmin: 800, age: 9e6})];
	expect(horizon(readers)).toMatchObject({holder: {backend: {pid: 4}}});
});

test('for a slot that is lost the server keeps nothing any more', () => {
	expect(horizon([], {slots: [{...slot, walStatus: 'lost'}]})).toBeUndefined();
});

test('a walsender holds it for its standby', () => {
	expect(horizon([processOf(7, 'walsender', {xmin: 400})])).toMatchObject({
		age: 600,
		holder: {type: 'standby'},
	});
});

test('slots and prepared transactions hold it', () => {
	expect(horizon([backend(1, {xmin: 800})], {slots: [slot]})).toEqual({
		age: 300,
		holder: {type: 'slot', slot},
	});
	expect(horizon([backend(1, {xmin: 800})], {slots: [slot], prepared: [prepared]})).toEqual({
		age: 400,
		holder: {type: 'prepared', prepared},
	});
});

test.each([
	['nobody has a snapshot', [backend(1)], {}],
	['the next id is not known', [backend(1, {xmin: 3})], {nextXid: undefined}],
	['the running VACUUMs are not known', [backend(1, {xmin: 3})], {vacuums: undefined}],
	['this is a standby', [backend(1, {xmin: 3})], {server: {recovery: 'STANDBY'}}],
] as const)('there is none where %s', (_, backends, facts) => {
	const {nextXid: next, vacuums, server} = {...known, ...facts} as Circumstances;
	const told = {
		...(next !== undefined && {nextXid: next}),
		...(vacuums && {vacuums}),
		...(server && {server}),
	};
	expect(xminHorizon(snapshot(backends, told))).toBeUndefined();
});
