import {describe, expect, test} from 'vitest';
import {
	backend,
	idleBackend,
	invisible,
	minute,
	noon,
	ownPid,
	processOf,
} from '../../helpers/state/backend.js';
import {down, esc, type Play, play, up} from '../../helpers/state/play.js';

const pids = [4211, 4388, 4402];
/** The first of them the oldest. */
const inOrder = (...order: readonly number[]) =>
	order.map((pid, index) => backend(pid, {age: (10 - index) * minute}));

const moved = play()
	.picture(inOrder(...pids))
	.types(down);

describe('for 2 s after a movement', () => {
	test.each([
		[0, ['4211', '4388', '4402']],
		[1999, ['4211', '4388', '4402']],
		[2000, ['4402', '4388', '4211']],
	])('the order is held: %d ms after it', (ms, rows) => {
		expect(
			moved
				.waits(ms)
				.picture(inOrder(4402, 4388, 4211))
				.rows(),
		).toEqual(rows);
	});

	test('values go on', () => {
		const later = moved.waits(1000).picture(inOrder(4402, 4388, 4211));
		expect(later.line(4402)).toContain(' 10m01s ');
		expect(later.line(4211)).toContain(' 8m01s ');
	});

	test('the order is renewed with the next picture, not in the middle of one', () => {
		const held = moved
			.waits(1000)
			.picture(inOrder(4402, 4388, 4211))
			.waits(5000);
		expect(held.rows()).toEqual(['4211', '4388', '4402']);
		expect(held.picture(inOrder(4402, 4388, 4211)).rows()).toEqual(['4402', '4388', '4211']);
	});

	test('the next movement holds it for another 2 s', () => {
		const again = moved.waits(1500).types(down).waits(1999);
		expect(again.picture(inOrder(4402, 4388, 4211)).rows()).toEqual(['4211', '4388', '4402']);
	});

	test('every session that ended keeps its line and its last values', () => {
		const ended = moved.waits(1000).picture(inOrder(4211, 4388));
		expect(ended.rows()).toEqual(['4211', '4388', '4402 gone']);
		expect(ended.line(4402)).toContain(' 8m00s ');
		expect(ended.waits(2000).picture(inOrder(4211, 4388)).rows()).toEqual(['4211', '4388']);
	});

	test.each([
		[[4403], '1 new session'],
		[[4403, 4404, 4405], '3 new sessions'],
	])('new sessions wait, and are counted', (fresh, says) => {
		const held = moved.waits(1000).picture(inOrder(...pids, ...fresh));
		expect(held.rows()).toEqual(['4211', '4388', '4402']);
		expect(held.status()).toBe(says);
		const renewed = held.waits(2000).picture(inOrder(...pids, ...fresh));
		expect(renewed.rows()).toHaveLength(3 + fresh.length);
		expect(renewed.status()).toBe('');
	});

	test('a new session that would not be listed anyhow is not counted', () => {
		const hidden = [processOf(51, 'checkpointer'), backend(ownPid)];
		const held = moved.waits(100).picture([...inOrder(...pids), ...hidden]);
		expect(held.status()).toBe('');
		const withoutIdle = moved
			.types('i')
			.types(down)
			.waits(60)
			.picture([...inOrder(...pids), idleBackend(4403)]);
		expect(withoutIdle.status()).toBe('');
	});

	test('a successor with the same pid is new, and its line is another one', () => {
		const [first, second_] = inOrder(4211, 4388);
		const successor = backend(4402, {backendStart: noon});
		const held = moved.waits(100).picture([first, second_, successor].flatMap(one => (one ? [one] : [])));
		expect(held.rows()).toEqual(['4211', '4388', '4402 gone']);
		expect(held.status()).toBe('1 new session');
	});
});

test('without a movement every picture has its own order', () => {
	const first = play().picture(inOrder(...pids));
	expect(
		first
			.waits(1)
			.picture(inOrder(4402, 4388, 4211))
			.rows(),
	).toEqual(['4402', '4388', '4211']);
});

test('Esc ends the hold', () => {
	const left = moved
		.types(esc)
		.waits(200)
		.picture(inOrder(4402, 4388, 4211));
	expect(left.rows()).toEqual(['4402', '4388', '4211']);
});

describe('a key that asks for another order gets it at once, held or not', () => {
	const sorted = (moment: Play) => moment.rows();

	test('R turns the values round', () => {
		expect(sorted(moved.types('R'))).toEqual(['4402', '4388', '4211']);
		expect(sorted(moved.types('RR'))).toEqual(['4211', '4388', '4402']);
	});

	test('< and > go through the columns that can be sorted by, and name them', () => {
		const next = moved.types('>');
		expect(next.status()).toMatch(/^sorted by XACT: /);
		expect(next.types('<').status()).toMatch(/^sorted by TIME: /);
		expect(sorted(moved.types('<<<<<<<'))).toEqual(['4211', '4388', '4402']);
	});

	test('a new column starts in its own direction', () => {
		expect(moved.types('R>').state.screen.sort.isReversed).toBe(false);
	});

	test('the selection stays with its session', () => {
		expect(moved.types('R').selected()).toBe(4211);
	});
});

describe('i and a', () => {
	const idle = idleBackend(4403);
	const walwriter = processOf(53, 'walwriter');
	const all = [...inOrder(4211, 4388), idle, walwriter, backend(ownPid)];
	const shown = play().picture(all);

	test('idle sessions are listed at first, background processes and pgtop itself are not', () => {
		expect(shown.rows()).toEqual(['4211', '4388', '4403']);
	});

	test('i hides idle sessions, and shows them again', () => {
		expect(shown.types('i').rows()).toEqual(['4211', '4388']);
		expect(shown.types('i').status()).toBe('idle sessions hidden');
		expect(shown.types('ii').rows()).toEqual(['4211', '4388', '4403']);
		expect(shown.types('ii').status()).toBe('idle sessions shown');
	});

	test('a shows background processes and pgtop itself, behind the clients', () => {
		expect(shown.types('a').rows()).toEqual(['4211', '4388', '9999', '4403', '53']);
		expect(shown.types('aa').rows()).toEqual(['4211', '4388', '4403']);
	});

	test('the selected row stays, and says that it is hidden', () => {
		const selected = shown.types(down).types(down).types(down);
		expect(selected.selected()).toBe(4403);
		expect(selected.types('i').rows()).toEqual(['4211', '4388', '4403 hidden']);
		expect(selected.types('i').line(4403)).toMatch(/^> .*4403 .* hidden /);
	});

	test('it leaves with the next order after the selection has left it', () => {
		const left = shown.types(down).types(down).types(down).types('i').types(up);
		expect(left.waits(1999).picture(all).rows()).toEqual(['4211', '4388', '4403 hidden']);
		expect(left.waits(2000).picture(all).rows()).toEqual(['4211', '4388']);
	});

	test('a session that was signalled is listed for a minute', () => {
		const sent = shown.types(down).looksAtIt().types('k').waits(50).sends().types(esc).waits(3000).types('i');
		const idling = [idleBackend(4211), ...all.slice(1)];
		expect(sent.picture(idling).rows()).toEqual(['4388', '4211 hidden']);
		expect(sent.waits(61_000).picture(idling).rows()).toEqual(['4388']);
	});
});

describe('when this role may see less or more of the selected session', () => {
	const less = [invisible(4211), ...inOrder(4388, 4402)];

	test.each([
		['while the order is held', 500],
		['with a new order', 3000],
	])('it is told by another identity, and not selected any more: %s', (_, ms) => {
		const shown = moved.waits(ms).picture(less);
		expect(moved.selected()).toBe(4211);
		expect(shown.rows()).toContain('4211');
		expect(shown.state.screen.selected).toBeUndefined();
		// Nor is it by itself, when all is seen again.
		expect(shown.waits(3000).picture(inOrder(...pids)).state.screen.selected).toBeUndefined();
	});
});
