import {setImmediate} from 'node:timers/promises';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Part} from '../../../source/domain/server/snapshot.js';
import {parts} from '../../../source/postgres/parts.js';
import {backendWidth, toBackend} from '../../../source/postgres/queries/backends.js';
import {remember} from '../../../source/postgres/queries/names.js';
import type {Cells} from '../../../source/postgres/queries/query.js';
import {shareBackends} from '../../../source/postgres/queries/share-backends.js';
import {newNames, told} from '../../helpers/server/told.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** A row of the server, with other cells where the test says so. Each is a list of its own, as pg makes them. */
const row = (pid: number, cells: Readonly<Record<number, string | null>> = {}): Cells =>
	[
		...[String(pid), null, 'client backend', '10', '5', 'app', 'shop', 'UTF8', 'web', '10.0.0.1', '5555'],
		...['1', '2', '3', '4', 'active', 'Lock', 'relation', 'select 1', '8', '42', '-5', '6', '3'],
	].map((cell, index) => (index in cells ? (cells[index] ?? null) : cell));

const [typeCell, userIdCell, databaseIdCell, userCell, databaseCell] = [2, 3, 4, 5, 6] as const;
const [encodingCell, startCell, bytesCell] = [7, 11, 19] as const;
const without = (...left: readonly Part[]) => parts.filter(part => !left.includes(part));

/** Reads pictures one after the other, each row as it comes. */
function sharing(names = newNames()) {
	const {begin, read} = shareBackends(told, names);
	return (rows: readonly Cells[], wanted: readonly Part[]) => read(rows.map(begin()), wanted);
}

/** What is read without sharing. */
function afresh(rows: readonly Cells[], names = newNames(), wanted: readonly Part[] = parts) {
	remember(names, rows, told.encoding);
	return rows.map(one => toBackend(one, told, names, wanted));
}

describe('from one picture to the next', () => {
	test('a session that has not changed is the same object, wherever its row stands', () => {
		const read = sharing();
		const [first, second] = read([row(1), row(2)], parts);
		const [third, ...others] = read([row(3), row(2), row(1)], parts);
		expect(others).toEqual([second, first]);
		expect(others[0]).toBe(second);
		expect(others[1]).toBe(first);
		expect(third).toEqual(afresh([row(3)])[0]);
	});

	const other: Readonly<Record<number, string>> = {0: '2', [typeCell]: 'walsender', 7: 'LATIN1', 9: '::1'};

	test.each(Array.from({length: backendWidth}, (_, index) => [index]))(
		'another cell %d makes another session, as if it was read alone; and so does one that is gone',
		index => {
			// An encoding shows only in a text that is not ASCII.
			const before = row(1, {18: '\\303\\251'});
			const cells = [other[index] ?? '77', ...(index === 0 || index === bytesCell ? [] : [null])];
			for (const cell of cells.filter(one => one !== before[index])) {
				const after = row(1, {18: '\\303\\251', [index]: cell});
				const read = sharing();
				const [old] = read([before], parts);
				const [changed] = read([after], parts);
				expect(changed).not.toBe(old);
				const known = newNames();
				remember(known, [before], told.encoding);
				expect(changed).toEqual(afresh([after], known)[0]);
			}
		},
	);

	test('another session with the same pid is another object, and the next pictures have that one', () => {
		const read = sharing();
		read([row(1)], parts);
		const [reused] = read([row(1, {[startCell]: '9'})], parts);
		expect(reused?.id).toBe('1@9');
		expect(read([row(1, {[startCell]: '9'})], parts)[0]).toBe(reused);
	});

	test('a role or a database that was renamed has its new name in every session', () => {
		const read = sharing();
		const all = (cells: Readonly<Record<number, string>>) => read([row(1, cells), row(2, cells)], parts);
		all({});
		const renamed = all({[userCell]: 'owner', [databaseCell]: 'store'});
		expect(renamed.map(({user, database}) => [user, database])).toEqual([
			['owner', 'store'],
			['owner', 'store'],
		]);
	});
});

describe('a part that is left out, and comes back', () => {
	const idle = {15: 'idle', 18: null, 19: null, 20: null, 21: null};
	const unnamed = {[userCell]: null, [databaseCell]: null, 7: null};

	test('is known of an idle session, though its row is the same', () => {
		const read = sharing();
		const [before] = read([row(1, idle)], parts);
		const [unread] = read([row(1, idle)], without('texts'));
		expect(unread).toMatchObject({isUnread: true});
		expect(read([row(1, idle)], without('texts'))[0]).toBe(unread);
		expect(read([row(1, idle)], parts)[0]).toEqual(before);
	});

	test('leaves the name that was read last, even where that was read for something else', () => {
		const names = newNames();
		const read = sharing(names);
		const left = without('roles', 'databases');
		const user = () => read([row(1, unnamed)], left)[0]?.user;
		expect(read([row(1)], parts)[0]?.user).toBe('app');
		expect(user()).toBe('app');
		// As the details of a session do.
		remember(names, [row(9, {[userCell]: 'owner'})], told.encoding);
		expect(user()).toBe('owner');
		expect(read([row(1)], parts)[0]?.user).toBe('app');
	});

	test('changes nothing where it is no column: sessions stay the same', () => {
		const read = sharing();
		const [first] = read([row(1)], parts);
		expect(read([row(1)], without('zone', 'self', 'counters'))[0]).toBe(first);
	});
});

test('a row that can not be read leaves what was known of the others', () => {
	const read = sharing();
	const [, second] = read([row(1), row(2)], parts);
	expect(() => read([row(1, {[userIdCell]: 'x'}), row(2)], parts)).toThrow('where a number belongs');
	expect(read([row(2)], parts)[0]).toBe(second);
});

test('a picture that broke off costs nothing: the next one has the sessions of the one before', () => {
	const {begin, read} = shareBackends(told, newNames());
	const all = () => [row(1), row(2), row(3)];
	const before = read(all().map(begin()), parts);
	all().slice(0, 2).map(begin());
	const after = read(all().map(begin()), parts);
	for (const [index, session] of after.entries()) expect(session).toBe(before[index]);
});

test('whatever comes, the sessions are as if each picture was read alone', () => {
	const cells = Array.from({length: backendWidth - 1}, (_, index) => index + 1);
	const cell = fc.record({
		index: fc.constantFrom(...cells.filter(index => index < userCell || index > encodingCell)),
		value: fc.constantFrom('7', '8', null),
	});
	const picture = fc.record({
		rows: fc.uniqueArray(fc.record({pid: fc.integer({min: 1, max: 4}), cell}), {
			selector: ({pid}) => pid,
		}),
		suffix: fc.constantFrom('', '2'),
		wanted: fc.constantFrom(parts, without('texts'), without('roles'), without('databases', 'hashes')),
	});
	fc.assert(
		fc.property(fc.array(picture, {minLength: 2, maxLength: 6}), pictures => {
			const [names, read] = [newNames(), sharing()];
			for (const {rows, suffix, wanted} of pictures) {
				const given = rows.map(({pid, cell: {index, value}}) => {
					const changed = row(pid, {[index]: index === bytesCell ? '7' : value});
					// In one picture each role and each database has one name.
					const name = `${changed[userIdCell]}${suffix}`;
					const database = `${changed[databaseIdCell]}${suffix}`;
					return Object.assign([...changed], {[userCell]: name, [databaseCell]: database});
				});
				expect(read(given, wanted)).toEqual(afresh(given, names, wanted));
			}
		}),
	);
});

describe('what is kept', () => {
	test('of a session that has not changed are the old cells, and of one that has gone nothing', async () => {
		const read = sharing();
		const taken = (...pids: readonly number[]) => {
			const rows = pids.map(pid => row(pid));
			read(rows, parts);
			return rows.map(one => new WeakRef(one));
		};
		const [old, gone] = taken(1, 2);
		const [same, added] = taken(1, 3);
		// Until then a WeakRef that was just made holds what it is for.
		await setImmediate();
		collect();
		expect([old, gone, same, added].map(cells => cells?.deref() !== undefined)).toEqual([
			true,
			false,
			false,
			true,
		]);
	});

	test('is nothing of a session that was away for a picture', () => {
		const read = sharing();
		const [first] = read([row(1)], parts);
		read([], parts);
		const [back] = read([row(1)], parts);
		expect(back).toEqual(first);
		expect(back).not.toBe(first);
	});
});
