import {describe, expect, test} from 'vitest';
import type {Row} from '../../../source/domain/list/row.js';
import {indexOfRow, rowWith} from '../../../source/domain/list/row.js';
import {countNew, holdRows, orderRows} from '../../../source/domain/list/rows.js';
import type {Backend} from '../../../source/domain/session/backend.js';
import {sessions} from '../../../source/views/sessions/view.js';
import {
	backend,
	idleBackend,
	invisible,
	minute,
	noon,
	ownPid,
	processOf,
	snapshot,
} from '../../helpers/state/backend.js';

const serviceRoles = new Set(['rdsadmin']);
const all = {showsIdle: true, showsBackground: true, serviceRoles};
const usual = {showsIdle: true, showsBackground: false, serviceRoles};
const busy = {showsIdle: false, showsBackground: false, serviceRoles};

const byPid = {value: ({value: {pid}}: Row<Backend>) => pid, isDescending: false};
const brief = (rows: readonly Row<Backend>[]) =>
	rows.map(({value: {pid}, isGone}) => (isGone ? `${pid} gone` : String(pid)));
const order = (
	rows: readonly Row<Backend>[],
	backends: readonly Backend[],
	pinned: readonly Backend[] = [],
) =>
	orderRows(sessions, rows, snapshot(backends), {
		how: usual,
		order: byPid,
		pinned: new Set(pinned.map(({id}) => id)),
	});

describe('a new order', () => {
	const before = order([], [backend(1), backend(2), backend(3), backend(4)]);

	test('lists what is in the picture', () => {
		expect(brief(before)).toEqual(['1', '2', '3', '4']);
		expect(brief(order(before, [backend(5), backend(2)]))).toEqual(['2', '5']);
	});

	test.each([
		['more', invisible(2), backend(2)],
		['less', backend(2), invisible(2)],
	])('says of no session that it has ended when %s of it is to be seen', (_, seen, next) => {
		const rows = order([], [backend(1), seen]);
		expect(brief(order(rows, [backend(1), next], [seen]))).toEqual(['1', '2']);
		expect(brief(holdRows(sessions, rows, snapshot([backend(1), next])))).toEqual(['1', '2']);
		const other = {...next, userId: 99};
		expect(brief(order(rows, [backend(1), other], [seen])).toSorted()).toEqual(['1', '2', '2 gone']);
	});

	test('does not take what may be seen less for one that has ended before', () => {
		const gone = order(order([], [backend(1), backend(2)]), [backend(1)], [backend(2)]);
		const next = [backend(1), invisible(2)];
		expect(brief(order(gone, next, [backend(2)]))).toEqual(['1', '2 gone', '2']);
		expect(brief(holdRows(sessions, gone, snapshot(next)))).toEqual(['1', '2 gone']);
	});

	test('lists pinned sessions that are still there once', () => {
		expect(brief(order(before, [backend(1), backend(2)], [backend(2)]))).toEqual(['1', '2']);
	});

	test('keeps the lines of pinned sessions that have ended', () => {
		const ended = order(before, [backend(1), backend(4)], [backend(2), backend(3)]);
		expect(brief(ended)).toEqual(['1', '2 gone', '3 gone', '4']);
		expect(brief(order(ended, [backend(4)], [backend(2), backend(3)]))).toEqual(['4', '2 gone', '3 gone']);
	});

	test('keeps a pinned line also where the list has become shorter than that', () => {
		expect(brief(order(before, [], [backend(4)]))).toEqual(['4 gone']);
	});

	test('brings no session back that was not in the list', () => {
		expect(brief(order([], [backend(1)], [backend(7)]))).toEqual(['1']);
	});

	test('a session that ended and its successor with the same pid are two rows', () => {
		const successor = backend(2, {backendStart: noon});
		expect(brief(order(before, [backend(1), successor], [backend(2)]))).toEqual(['1', '2 gone', '2']);
	});

	test('lists pinned sessions against the toggles', () => {
		const walwriter = processOf(51, 'walwriter');
		expect(brief(order([], [backend(1), walwriter], [walwriter]))).toEqual(['1', '51']);
	});
});

describe('a held order', () => {
	const before = order([], [backend(1), backend(2)]);

	test('keeps every line, with the new values', () => {
		const later = snapshot([backend(2), idleBackend(1)], {at: noon + minute});
		expect(holdRows(sessions, before, later)).toEqual([
			{value: idleBackend(1), at: noon + minute, isGone: false},
			{value: backend(2), at: noon + minute, isGone: false},
		]);
	});

	test('those that ended keep their values and the time when they were seen last', () => {
		const [gone] = holdRows(sessions, before, snapshot([backend(2)], {at: noon + minute}));
		expect(gone).toEqual({value: backend(1), at: noon, isGone: true});
		const [still] = holdRows(sessions, gone ? [gone] : [], snapshot([], {at: noon + 2 * minute}));
		expect(still).toBe(gone);
	});

	test('new sessions are counted as far as the toggles let them be listed', () => {
		const later = snapshot([
			backend(1),
			backend(3),
			idleBackend(4),
			processOf(51, 'walwriter'),
			backend(ownPid),
		]);
		expect(countNew(sessions, before, later, {how: usual})).toBe(2);
		expect(countNew(sessions, before, later, {how: busy})).toBe(1);
		expect(countNew(sessions, before, later, {how: all})).toBe(4);
		expect(countNew(sessions, [], snapshot([]), {how: all})).toBe(0);
	});
});

test('a row is found by its session, and no session is no row', () => {
	const rows = order([], [backend(1), backend(2)]);
	expect(indexOfRow(rows, backend(2).id)).toBe(1);
	expect(rowWith(rows, backend(2).id)).toBe(rows[1]);
	expect(indexOfRow(rows, backend(2, {backendStart: 1}).id)).toBe(-1);
	expect(rowWith(rows, undefined)).toBeUndefined();
});
