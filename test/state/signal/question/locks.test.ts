import {expect, test} from 'vitest';
import type {Backend} from '../../../../source/domain/session/backend.js';
import type {Inspection} from '../../../../source/domain/session/inspection.js';
import {backend, minute, noon, second} from '../../../helpers/state/backend.js';
import {locksOf} from '../../../helpers/state/locked.js';
import {lookingAt} from '../../../helpers/state/play.js';

const holder = backend(4211, {state: 'idle in transaction', age: 14 * minute + 2 * second});
const ownBegin = noon - 4 * minute;
const alter = backend(4501, {xactStart: ownBegin, queryStart: ownBegin});
const others = [backend(4388), backend(4390), backend(4502), backend(4503)];
const row = locksOf([
	{type: 'tuple', relation: 16_402, held: {E: [4388]}, waits: [[4390, 'E', noon - minute]]},
	{type: 'transactionid', xid: 771, held: {E: [4211]}, waits: [[4388, 'S', noon - 252 * second]]},
]);
const table = locksOf([
	{
		relation: 16_402,
		held: {AS: [4211]},
		waits: [
			[4501, 'AE', noon - 240 * second],
			[4502, 'AS', noon - 20 * second],
			[4503, 'AS', noon - 10 * second],
		],
	},
]);

const asked = (session: Backend, key: string, facts: Partial<Inspection>) =>
	lookingAt(session, {others: [holder, alter, ...others].filter(one => one !== session), confirm: 'always'})
		.presses(key)
		.reads(session, facts)
		.question()
		.split('\n')
		.map(line => line.trimEnd());

test('the question before k says how many wait, how many go on now, and who is next', () => {
	const lines = asked(holder, 'k', {locks: row, xid: '771', at: noon});
	expect(lines).toHaveLength(5);
	expect(lines.join(' ').replaceAll(/\s+/g, ' ')).toContain(
		'14m02s has written blocks 2, frees up to 1 now next: 4388 ',
	);
});

test('before c on one that waits and holds others up it says who goes on, and that nothing is lost', () => {
	const text = asked(alter, 'c', {locks: table, at: noon}).join(' ').replaceAll(/\s+/g, ' ');
	expect(text).toContain('blocks 2, lets 2 go on loses nothing');
	const real = asked({...alter, xid: 772}, 'c', {locks: table, at: noon})
		.join(' ')
		.replaceAll(/\s+/g, ' ');
	expect(real).toContain('blocks 2, lets 2 go on loses that query only');
	const later = {...alter, xactStart: ownBegin - second};
	const lossy = asked(later, 'c', {locks: table, at: noon}).join(' ').replaceAll(/\s+/g, ' ');
	expect(lossy).toContain('blocks 2, lets 2 go on');
	expect(lossy).not.toContain('loses nothing');
});

test('before c on one whose transaction may go on with its locks it says that', () => {
	const text = (session: Backend) =>
		asked(session, 'c', {locks: row, at: noon}).join(' ').replaceAll(/\s+/g, ' ');
	const inTransaction = backend(4211, {age: minute, xactStart: noon - 14 * minute});
	expect(text(inTransaction)).toContain('blocks 2, frees up to 1 now, unless a savepoint takes it');
	const alone = backend(4211, {age: minute});
	expect(text(alone)).toContain('blocks 2, frees up to 1 now next: 4388');
});

test('where the locks were not read it says nothing of them', () => {
	expect(asked(holder, 'k', {at: noon}).join()).not.toMatch(/blocks|frees|next/);
});
