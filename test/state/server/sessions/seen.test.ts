import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../../source/domain/session/backend.js';
import {nothingSeen, seenOf} from '../../../../source/domain/session/seen.js';
import {seenAfter} from '../../../../source/state/server/sessions/seen.js';
import {backend, idleBackend, noon, second, snapshot} from '../../../helpers/state/backend.js';
import {type Play, play} from '../../../helpers/state/play.js';
import {elsewhere, other, relinked} from '../other-server.js';

const runs = (query: string, since: number, facts: Parameters<typeof backend>[1] = {}): Backend =>
	backend(4388, {query, queryStart: noon + since, stateChange: noon + since, xactStart: noon, ...facts});

const seen = ({state}: Play, {id}: Backend = runs('', 0)) => seenOf(state.server.seen, id);

describe('of a session is kept', () => {
	test('nothing of what it still shows', () => {
		const running = play()
			.picture([runs('select 1', 0)])
			.waits(2000)
			.picture([runs('select 1', 0)]);
		expect(seen(running)).toEqual([]);
		const done = running.waits(2000).picture([runs('select 1', 0, {state: 'idle in transaction'})]);
		expect(seen(done)).toEqual([]);
	});

	test('a statement that it ran before, with the time between two pictures in which it ended', () => {
		const after = play()
			.picture([runs('select 1', -second)])
			.waits(2000)
			.picture([runs('select 2', second)]);
		expect(seen(after)).toEqual([
			{text: 'select 1', queryStart: noon - second, lastRun: noon, endedBy: noon + second},
		]);
	});

	test('when it had ended, where the session has been idle since', () => {
		const idle = idleBackend(4388, {queryStart: noon - second, stateChange: noon + second});
		const after = play()
			.picture([runs('select 1', -second)])
			.waits(2000)
			.picture([idle]);
		expect(seen(after)).toEqual([
			{text: 'select 1', queryStart: noon - second, lastRun: noon, endedAt: noon + second},
		]);
		// It has not run twice because a picture shows the same again.
		expect(seen(after.waits(2000).picture([idle]))).toHaveLength(1);
	});

	test('the same, whether the window shows its last query or not', () => {
		const running = play()
			.picture([runs('select 1', -second)])
			.waits(2000);
		const idle = idleBackend(4388, {queryStart: noon - second, stateChange: noon + second});
		const shown = {...idle, query: {text: 'select 1', bytes: 8}};
		const after = running.picture([shown]).waits(2000);
		expect(seen(after)).toEqual(seen(running.picture([idle])));
		for (const next of [after.picture([idle]), after.picture([runs('select 2', 3 * second)])])
			expect(seen(next)).toEqual(seen(after));
		const never = play()
			.picture([shown])
			.waits(2000)
			.picture([runs('select 2', 3 * second)]);
		expect(seen(never)).toEqual([]);
	});

	test('when a statement in a transaction had ended, although the next one runs', () => {
		const after = play()
			.picture([runs('select 1', -second, {state: 'idle in transaction', stateChange: noon - second / 2})])
			.waits(2000)
			.picture([runs('select 2', second)]);
		expect(seen(after)).toMatchObject([{text: 'select 1', endedAt: noon - second / 2}]);
	});

	test('not the text of a fastpath call, which is of the query before, and that once', () => {
		const call = {state: 'fastpath function call', stateChange: noon + second} as const;
		const after = play()
			.picture([runs('begin', -second)])
			.waits(2000)
			.picture([runs('begin', -second, call)]);
		const begun = [{text: 'begin', queryStart: noon - second, lastRun: noon, endedBy: noon + second}];
		expect(seen(after)).toEqual(begun);
		const idle = runs('begin', -second, {state: 'idle in transaction', stateChange: noon + 2 * second});
		expect(
			seen(
				after
					.waits(2000)
					.picture([idle])
					.waits(2000)
					.picture([runs('commit', 5 * second)]),
			),
		).toEqual(begun);
	});

	test('the last three statements, oldest first', () => {
		const after = [1, 2, 3, 4, 5].reduce(
			(moment, number) => moment.waits(1000).picture([runs(`select ${number}`, number * second)]),
			play(),
		);
		expect(seen(after)?.map(({text}) => text)).toEqual(['select 2', 'select 3', 'select 4']);
	});

	test('the beginning of a long text', () => {
		const after = play()
			.picture([runs('é'.repeat(1000), 0)])
			.waits(2000)
			.picture([runs('select 2', second)]);
		expect(seen(after)?.[0]?.text).toBe(`${'é'.repeat(199)}~`);
	});
});

describe('what was seen is forgotten', () => {
	const before = play()
		.picture([runs('select 1', -second)])
		.waits(2000)
		.picture([runs('select 2', second)]);

	test('when another server answers', () => {
		expect(seen(before)).toHaveLength(1);
		expect(relinked(before).picture(elsewhere, other).state.server.seen).toBe(nothingSeen);
	});

	test('not when the same one answers again', () => {
		expect(seen(relinked(before).picture([runs('select 2', second)]))).toHaveLength(1);
	});

	test('when sessions come and go, so that there is never much more than there are sessions', () => {
		const stays = backend(1);
		let known = nothingSeen;
		let last = snapshot([stays]);
		for (let pid = 2; pid < 100; pid++) {
			const one = backend(pid);
			for (const next of [snapshot([stays, one]), snapshot([stays, {...one, queryStart: noon}])]) {
				known = seenAfter(known, last, next);
				last = next;
			}
			expect(known.recent.size + known.older.size).toBeLessThanOrEqual(8);
			expect(seenOf(known, one.id)).toHaveLength(1);
		}
	});
});

test('it is kept of all sessions, however many there are, and however seldom one runs anything', () => {
	const idle = (pid: number) => idleBackend(pid, {queryStart: noon, stateChange: noon});
	const all = Array.from({length: 3000}, (_, pid) => idle(pid));
	let known = nothingSeen;
	for (let pid = 0; pid < 3000; pid += 500) {
		const running = all.map((one, at) =>
			at >= pid && at < pid + 500 ? backend(at, {queryStart: noon, query: `select ${at}`}) : one,
		);
		known = seenAfter(known, snapshot(running), snapshot(all));
	}
	expect(all.filter(({id, pid}) => seenOf(known, id)[0]?.text !== `select ${pid}`)).toEqual([]);
});

test('of 10,000 sessions that stand still nothing is made anew', () => {
	const backends = Array.from({length: 10_000}, (_, index) =>
		index % 50 === 0 ? backend(index) : idleBackend(index),
	);
	const known = {...nothingSeen, older: new Map(backends.map(({id}) => [id, []]))};
	expect(seenAfter(known, snapshot(backends), snapshot(backends))).toBe(known);
});
