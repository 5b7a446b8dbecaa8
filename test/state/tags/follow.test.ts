import {describe, expect, test} from 'vitest';
import {shownRows} from '../../../source/state/list/shown-rows.js';
import {
	backend,
	idleBackend,
	invisible,
	minute,
	noon,
	processOf,
	second,
	snapshot,
} from '../../helpers/state/backend.js';
import {locksOf} from '../../helpers/state/locked.js';
import {down, home, type Play, play} from '../../helpers/state/play.js';
import {elsewhere, other, relinked} from '../server/other-server.js';
import {taggedIn} from './tagged.js';

const first = backend(4201, {age: 30 * minute, user: 'api'});
const then = backend(4202, {age: 20 * minute, user: 'web'});
const last = backend(4203, {age: 10 * minute, user: 'api'});
const idle = idleBackend(4204, {user: 'web'});
const checkpointer = processOf(51, 'checkpointer');
const all = [first, then, last, idle, checkpointer];
/** 4201 and 4202. */
const tagged = play().picture(all).types(down).types(' ').types(' ');
const later = tagged.waits(3000);

/** The flag of each row in the window. */
const flags = ({state}: Play) =>
	Object.fromEntries(shownRows(state).map(({row, marks: {flag = ' '}}) => [row.value.pid, flag]));

const {startedAt: _, ...untold} = snapshot([]).server;

describe('a tag stays on its session', () => {
	test('whatever the order is', () => {
		const sorted = later.types('R').types('>').types('>');
		expect(flags(sorted)).toMatchObject({4201: '*', 4202: '*', 4203: ' ', 4204: ' '});
	});

	test('which a filter does not hide, nor a toggle: its row says so', () => {
		const filtered = later.types(home).types('/').types('user:nobody').types('\r').waits(2500);
		expect(filtered.rows()).toEqual(['4201 not in filter', '4202 not in filter']);
		expect(filtered.picture(all).rows()).toEqual(['4201 not in filter', '4202 not in filter']);
		const four = later.types(down).types(' ').types(home).types('i');
		expect(four.rows()).toEqual(['4201', '4202', '4203', '4204 hidden']);
		expect(flags(four)[4204]).toBe('*');
	});

	test('and when it is untagged the next order hides it', () => {
		const untagged = later.types(home).types('/').types('user:api').types('\r').types('U');
		expect(untagged.rows()).toEqual(['4201', '4202 not in filter', '4203']);
		expect(untagged.waits(2100).picture(all).rows()).toEqual(['4201', '4203']);
	});

	test('in the tree, where it has a row of its own in the longest queue', () => {
		const wait = {type: 'Lock', name: 'relation'} as const;
		const waiters = Array.from({length: 40}, (_, index) => backend(4400 + index, {age: minute, wait}));
		const locks = locksOf([
			{relation: 7, held: {AE: [4201]}, waits: waiters.map(({pid}) => [pid, 'AS'] as const)},
		]);
		const facts = {locks: {...locks, serverMs: 1}};
		const sessions = [first, ...waiters];
		const list = play().picture(sessions, facts).types('/').types('4420').types('\r').types('T');
		expect(taggedIn(list)).toEqual([4420]);
		const tree = list.types('\u001B').waits(3000).types('t');
		expect(tree.rows().slice(0, 2)).toEqual(['4201', '4420']);
		expect(flags(tree)).toMatchObject({4201: '#', 4420: '*'});
		expect(flags(tree.picture(sessions, facts))[4420]).toBe('*');
	});

	test('and T reaches those that the line of a queue stands for', () => {
		const wait = {type: 'Lock', name: 'relation'} as const;
		const waiters = Array.from({length: 40}, (_, index) => backend(4400 + index, {age: minute, wait}));
		const locks = locksOf([
			{relation: 7, held: {AE: [4201]}, waits: waiters.map(({pid}) => [pid, 'AS'] as const)},
		]);
		const tree = play()
			.picture([first, ...waiters], {locks: {...locks, serverMs: 1}})
			.types('t')
			.types('/')
			.types('wait:lock')
			.types('\r')
			.types('T');
		expect(tree.status()).toMatch(/^40 tagged/);
	});

	test('while the connection is lost, and when the same server is back', () => {
		const back = relinked(later);
		expect(taggedIn(back)).toEqual([4201, 4202]);
		expect(taggedIn(back.picture(all))).toEqual([4201, 4202]);
		expect(back.picture(all).status()).not.toContain('tag');
	});

	test('while the picture is held', () => {
		const held = later.types('p').picture([last]);
		expect(taggedIn(held)).toEqual([4201, 4202]);
		expect(taggedIn(held.types('p').waits(3000).picture([last, checkpointer]))).toEqual([]);
	});
});

describe('a tag whose session has ended falls away', () => {
	test('and that is said until the next key that is no movement', () => {
		const ended = later.picture(all.slice(1));
		expect(taggedIn(ended)).toEqual([4202]);
		expect(ended.status()).toBe('4201 has ended: not tagged any more');
		const moved = ended.types(down).waits(5000).picture(all.slice(1));
		expect(moved.status()).toBe('4201 has ended: not tagged any more');
		expect(moved.types('R').status()).not.toContain('tagged');
	});

	test('several are counted, also where they end one after the other', () => {
		expect(later.picture([last]).status()).toBe('2 tagged sessions have ended');
		const one = later.picture(all.slice(1));
		expect(one.waits(2000).picture([last]).status()).toBe('2 tagged sessions have ended');
	});

	test('behind what came of a signal, and before new sessions', () => {
		const held = later.types(down).picture([...all.slice(1), backend(4300)]);
		expect(held.status()).toBe('4201 has ended: not tagged any more');
	});

	test('beside the filter in force', () => {
		const filtered = later.types('/').types('user:api').types('\r').waits(3000).picture([last]);
		expect(filtered.status()).toBe('2 tagged sessions have ended; filter: 1 of 1');
	});

	test('where another session has its pid', () => {
		const reused = {...backend(4201, {backendStart: noon + second})};
		const after = later.picture([reused, then]);
		expect(taggedIn(after)).toEqual([4202]);
		expect(flags(after)).toMatchObject({4201: ' ', 4202: '*'});
	});

	test('which the outcome of a signal tells by itself', () => {
		const ended = play()
			.picture(all)
			.types(down)
			.types(' ')
			.types('\u001B[A')
			.looksAtIt()
			.presses('k')
			.readsAll([first])
			.draws()
			.waits(600)
			.presses('y')
			.sends();
		expect(ended.signals().map(({target}) => target.pid)).toEqual([4201]);
		expect(taggedIn(ended)).toEqual([4201]);
		const pictured = ended.picture(all.slice(1));
		expect(taggedIn(pictured)).toEqual([]);
		expect(pictured.status()).not.toContain('not tagged');
		const seen = ended.until('look').sees();
		expect(taggedIn(seen)).toEqual([]);
		expect(seen.waits(3000).picture(all.slice(1)).types(down).status()).not.toContain('not tagged');
	});
});

describe('all tags are dropped', () => {
	test('on another server, or the same one started anew', () => {
		const landed = relinked(later).picture([...elsewhere, {...first}], other);
		expect(taggedIn(landed)).toEqual([]);
		expect(landed.status()).toBe('2 tags dropped: another server, or it was restarted');
		expect(landed.alert()).toContain('another server, or it was restarted');
	});

	test('where a pooler changes the server without a loss', () => {
		const landed = later.picture(all, other);
		expect(taggedIn(landed)).toEqual([]);
		expect(landed.status()).toBe('2 tags dropped: another server, or it was restarted');
	});

	test('also while the picture is held', () => {
		const landed = relinked(later.types('p')).picture(all, other);
		expect(taggedIn(landed)).toEqual([]);
		expect(landed.status()).toMatch(/^held, .*; 2 tags dropped: another server, or it was restarted/);
		expect(landed.types(home).types(' ').status()).toBe('this picture is of the server before: p goes on');
		expect(taggedIn(landed.types(home).types(' '))).toEqual([]);
	});

	test('after a crash, in which every session has ended', () => {
		const crashed = later.picture([first, processOf(52, 'checkpointer', {backendStart: noon + 1})]);
		expect(taggedIn(crashed)).toEqual([]);
		expect(crashed.status()).toBe('2 tags dropped: the server crashed, and every session ended');
	});

	test('over a new connection to a server that does not tell since when it runs', () => {
		const silent = (moment: Play) =>
			moment.does({
				type: 'sampled',
				snapshot: {...snapshot(all, {at: noon + moment.now * 1000}), server: untold},
			});
		const known = silent(play()).types(down).types(' ').waits(3000);
		expect(taggedIn(silent(known))).toEqual([4201]);
		const back = silent(relinked(known));
		expect(taggedIn(back)).toEqual([]);
		expect(back.status()).toBe('1 tag dropped: the server does not tell whether it is the same one');
	});
});

describe('when rights are granted or revoked', () => {
	const unseen = [invisible(4201), then];

	test('the tag goes on with the session', () => {
		const less = later.picture(unseen);
		expect(flags(less)).toMatchObject({4201: '*', 4202: '*'});
		const more = less.waits(3000).picture(all);
		expect(flags(more)).toMatchObject({4201: '*', 4202: '*', 4203: ' '});
		expect([...more.state.screen.tags.keys()]).toEqual([first.id, then.id]);
		expect(more.status()).not.toContain('tagged');
	});

	test('but not with another one that is seen in its place then', () => {
		const reused = backend(4201, {backendStart: noon + second});
		const less = later.picture(unseen).waits(3000);
		expect(taggedIn(less.picture([reused, then]))).toEqual([4202]);
	});

	test('what was tagged unseen is that session only if that was there then', () => {
		const unsighted = play().picture(unseen).types('\u001B[F').types(' ').waits(3000);
		expect(taggedIn(unsighted)).toEqual([4201]);
		const seen = unsighted.picture(all);
		expect(flags(seen)).toMatchObject({4201: '*', 4202: ' '});
		expect([...seen.state.screen.tags.values()].map(({backend}) => backend)).toEqual([first]);
		const reused = backend(4201, {backendStart: noon + second});
		expect(taggedIn(unsighted.picture([reused, then]))).toEqual([]);
	});

	test('the tag is not on a session of another user', () => {
		expect(taggedIn(later.picture([invisible(4201, {userId: 11}), then]))).toEqual([4202]);
	});
});

test('5,000 tags are followed from picture to picture', () => {
	const many = Array.from({length: 5000}, (_, index) =>
		backend(100_000 + index, {age: (5000 - index) * second}),
	);
	const tags = play().picture(many).types('/').types('user:api').types('\r').types('T');
	expect(tags.status()).toBe('5000 tagged; filter: 5000 of 5000');
	const half = tags.waits(3000).picture(many.slice(0, 2500));
	expect(half.state.screen.tags.size).toBe(2500);
	expect(half.status()).toBe('2500 tagged sessions have ended; filter: 2500 of 2500');
	const none = half.waits(3000).picture(many.slice(0, 2500).map(({pid}) => invisible(pid)));
	expect(none.state.screen.tags.size).toBe(2500);
});
