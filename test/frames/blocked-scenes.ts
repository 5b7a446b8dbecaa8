import type {Size} from '../../source/domain/list/window.js';
import {backend, minute, noon, second} from '../helpers/state/backend.js';
import {locksOf} from '../helpers/state/locked.js';
import {down, type Play, play} from '../helpers/state/play.js';

const client = {type: 'Client', name: 'ClientRead'};
const holder = backend(4211, {
	state: 'idle in transaction',
	age: 14 * minute + 2 * second,
	wait: client,
	xid: 771,
	query: "UPDATE orders SET status = 'paid' WHERE id = 4711",
});
const first = backend(4388, {wait: {type: 'Lock', name: 'transactionid'}});
const next = backend(4395, {age: 4 * minute, wait: {type: 'Lock', name: 'tuple'}});
const reader = backend(4500, {user: 'report', age: 2 * minute, query: 'SELECT count(*) FROM items'});
const alter = backend(4501, {
	user: 'etl',
	age: 70 * second,
	wait: {type: 'Lock', name: 'relation'},
	query: 'ALTER TABLE items ADD COLUMN note text',
});
const behind = [4502, 4503].map(pid =>
	backend(pid, {
		user: 'web',
		age: 69 * second,
		wait: {type: 'Lock', name: 'relation'},
		query: 'SELECT * FROM items',
	}),
);
const sessions = [holder, first, next, reader, alter, ...behind];

const locks = locksOf([
	{type: 'transactionid', xid: 771, held: {E: [4211]}, waits: [[4388, 'S', noon - 252 * second]]},
	{type: 'tuple', relation: 16_402, held: {E: [4388]}, waits: [[4395, 'E', noon - 240 * second]]},
	{
		relation: 16_410,
		held: {AS: [4500]},
		waits: [
			[4501, 'AE', noon - 70 * second],
			...behind.map(({pid}) => [pid, 'AS', noon - 69 * second] as const),
		],
	},
]);
const relations = [
	{id: 16_402, name: 'orders'},
	{id: 16_410, name: 'items'},
];

const seen = (size: Size) => play({size}).picture(sessions, {locks, relations, at: noon});

function selecting(moment: Play, pid: number): Play {
	let so = moment.types(down);
	while (so.selected() !== pid) so = so.types(down);
	return so;
}

const asked = (moment: Play, session: typeof holder, key: string) =>
	moment.looksAtIt().presses(key).reads(session, {locks, xid: '771', at: noon}).draws();

/** What is said of locks. */
export const blockedScenes: Readonly<Record<string, (size: Size) => Play>> = {
	blocked: size => selecting(seen(size), 4388),
	'blocked-root': size => selecting(seen(size), 4211),
	'blocked-alerts': size => seen(size).types('!'),
	'blocked-details': size =>
		selecting(seen(size), 4388)
			.types('\r')
			.reads(first, {
				locks,
				at: noon,
				xid: '772',
				text: first.query?.text ?? '',
				sessionLocks: [
					{
						mode: 'ShareLock',
						isGranted: false,
						on: 'transactionid 771',
						count: 1,
						since: noon - 252 * second,
					},
					{mode: 'RowExclusiveLock', isGranted: true, on: 'relation orders', count: 1},
					{mode: 'ExclusiveLock', isGranted: true, on: 'tuple 0,1 of relation orders', count: 1},
				],
			}),
	'blocked-question': size =>
		asked(
			selecting(play({size, confirm: 'always'}).picture(sessions, {locks, relations, at: noon}), 4211),
			holder,
			'k',
		),
	'blocked-cancel': size =>
		asked(
			selecting(play({size, confirm: 'always'}).picture(sessions, {locks, relations, at: noon}), 4501),
			alter,
			'c',
		),
	'blocked-ended': size =>
		selecting(seen(size), 4211)
			.looksAtIt()
			.types('k')
			.waits(50)
			.sends()
			.until('look')
			.sees()
			.until('waiting')
			.does({
				type: 'waiting-read',
				numbers: [1],
				locks: locksOf([{type: 'transactionid', xid: 772, held: {E: [4388]}, waits: [[4395, 'S', noon]]}]),
			}),
};
