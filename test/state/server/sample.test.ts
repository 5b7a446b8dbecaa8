import {describe, expect, test} from 'vitest';
import type {PartFacts} from '../../../source/domain/server/snapshot.js';
import {intervalOf} from '../../../source/state/server/interval.js';
import {backend, noon, second} from '../../helpers/state/backend.js';
import {lookingAt, type Play, play} from '../../helpers/state/play.js';

const sessions = [backend(4388)];
const counters = {commits: 1000, rollbacks: 10, blocksHit: 900, blocksRead: 100};

/** Every refresh takes so many milliseconds, for so long. */
function refreshed(start: Play, until: number, {took = 10, serverMs = 1} = {}): Play {
	let moment = start;
	for (;;) {
		const next = moment.until('sample');
		if (next.now >= until) return next;
		moment = next.waits(took).picture(sessions, {serverMs});
	}
}

const gaps = (times: readonly number[]) => times.slice(1).map((time, index) => time - (times[index] ?? 0));

describe('pictures', () => {
	test('the first at once, and then one every 2 s', () => {
		expect(refreshed(play(), 6000).times('sample')).toEqual([0, 2000, 4000, 6000]);
	});

	test.each([500, 1000, 60_000])('come every %d ms when that is the interval', interval => {
		const times = refreshed(play({interval}), 2 * interval).times('sample');
		expect(times).toEqual([0, interval, 2 * interval]);
	});

	test('are never asked for while one is on its way, however long it takes', () => {
		expect(play().waits(60_000).times('sample')).toEqual([0]);
		const slow = play().until('sample').waits(7000).picture(sessions).waits(60_000);
		expect(slow.times('sample')).toEqual([0, 7000]);
	});

	test('the first comes at once with every connection', () => {
		const lost = refreshed(play(), 4000).does({type: 'lost', why: 'the server closed the connection'});
		const linked = lost.until('connect').waits(100).does({type: 'linked'});
		const times = refreshed(linked.waits(10).picture(sessions), linked.now + 2000).times('sample');
		expect(gaps(times.slice(times.indexOf(linked.now)))).toEqual([2000]);
	});
});

describe('a refresh that the server refused or broke off', () => {
	const failed = lookingAt(backend(4388)).waits(10).does({
		type: 'sample-failed',
		why: 'canceling statement due to statement timeout',
	});

	test('keeps the picture, and says why', () => {
		expect(failed.rows()).toEqual(['4388']);
		expect(failed.status()).toBe('refresh failed: canceling statement due to statement timeout');
	});

	test('is followed by the next one later each time, 10 s at most, and the header says so', () => {
		let moment = failed;
		const waited: number[] = [];
		for (let times = 0; times < 6; times++) {
			const next = moment.until('sample');
			waited.push(next.now - moment.now);
			moment = next.does({type: 'sample-failed', why: 'no'});
		}

		expect(waited).toEqual([4000, 8000, 10_000, 10_000, 10_000, 10_000]);
		expect(moment.topText()).toContain('every 2s>10s');
		const again = moment.until('sample').picture(sessions).until('sample').picture(sessions);
		expect(again.until('sample').now - again.now).toBe(2000);
		expect(again.topText()).not.toContain('>10s');
	});

	test('is followed by the next one after a chosen interval that is longer, and no later', () => {
		const slow = play({interval: 20_000}).picture(sessions).until('sample');
		const again = slow.does({type: 'sample-failed', why: 'no'});
		expect(again.until('sample').now - again.now).toBe(20_000);
		expect(again.topText()).toContain('every 20s ');
	});

	test('does not keep r waiting', () => {
		expect(failed.types('r').times('sample').at(-1)).toBe(failed.now);
	});

	test('leaves the reason there until a key is pressed, or the next picture shows that it is over', () => {
		expect(failed.until('sample').status()).toMatch(/^refresh failed/);
		expect(failed.until('sample').picture(sessions).status()).toBe('');
		expect(failed.types('r').status()).toBe('');
	});
});

describe('a part with a pace of its own', () => {
	const [usual, paced] = [
		{part: 'start', name: 'uptime'},
		{part: 'counters', name: 'tps and hit ratio', every: 5000},
	] as const;
	const start = play({parts: [usual, paced]});
	const [alone, both] = [['start'], ['start', 'counters']];
	const asked = (moment: Play) => moment.given('sample').map(({parts}) => parts);
	const failing = (isForNow: boolean) => ({missing: [{part: paced.part, why: 'no', isForNow}]});

	test('is asked for with the first picture, and then when its pace is over', () => {
		const moment = refreshed(start, 12_000);
		expect(moment.times('sample')).toEqual([0, 2000, 4000, 6000, 8000, 10_000, 12_000]);
		expect(asked(moment)).toEqual([both, alone, alone, both, alone, alone, both]);
	});

	test('comes at once for r', () => {
		const moment = start.until('sample').waits(10).picture(sessions).waits(100).types('r');
		expect(asked(moment)).toEqual([both, both]);
	});

	test('is asked for again at once, when the refresh that asked for it has failed', () => {
		const failed = start.until('sample').waits(10).does({type: 'sample-failed', why: 'no'});
		expect(asked(failed.until('sample'))).toEqual([both, both]);
	});

	test('is asked for anew over a new connection, and what that server does not have is not', () => {
		const lost = refreshed(start, 2000).does({type: 'lost', why: 'gone'}).until('connect').waits(10);
		const asksFirst = (parts: readonly PartFacts[]) => asked(lost.does({type: 'linked', parts})).at(-1);
		expect(asksFirst([usual, paced])).toEqual(both);
		expect(asksFirst([paced])).toEqual(['counters']);
	});

	test('was too slow: it is asked for again after a minute, however long its pace', () => {
		const slow = play({parts: [usual, {...paced, every: 300_000}]}).until('sample');
		const moment = refreshed(slow.picture(sessions, failing(true)), 62_000);
		const again = moment.times('sample').filter((_, index) => asked(moment)[index]?.includes('counters'));
		expect(again).toEqual([0, 60_000]);
	});

	test('was refused: it is asked for again on r', () => {
		const refused = start.until('sample').picture(sessions, failing(false));
		expect(asked(refreshed(refused, 20_000)).slice(1).flat()).not.toContain('counters');
		expect(asked(refused.waits(600).types('r')).at(-1)).toEqual(both);
	});
});

describe('a server that is slow', () => {
	test.each([
		[[1, 1, 1], 2000],
		[[100, 100, 100], 2000],
		[[101, 101, 101], 2020],
		[[300, 300, 300], 6000],
		[[1, 300, 9000], 6000],
		[[1, 501, 501], 10_000],
		[[9000, 9000, 9000], 10_000],
		[[9000, 1, 1], 2000],
		[[9000, 9000], 2000],
		[[1, 1, 1, 300, 300], 6000],
		[[300, 300, 300, 1, 1], 2000],
	])('is given its time: refreshes that cost it %j ms come every %d ms', (costs, interval) => {
		const measured = costs.reduce((so, serverMs) => so.waits(10).picture(sessions, {serverMs}), play());
		expect(intervalOf(measured.state)).toBe(interval);
	});

	test('is asked at the stretched interval', () => {
		const times = refreshed(play(), 30_000, {took: 400, serverMs: 300}).times('sample');
		expect(gaps(times).slice(2)).toEqual(
			gaps(times)
				.slice(2)
				.map(() => 6000),
		);
	});

	test('a far link alone stretches nothing', () => {
		const times = refreshed(play(), 12_000, {took: 900, serverMs: 3}).times('sample');
		expect(gaps(times).slice(1)).toEqual(
			gaps(times)
				.slice(1)
				.map(() => 2000),
		);
	});
});

describe('+ and -', () => {
	const ready = play().picture(sessions).waits(600).picture(sessions);

	test.each([
		['+', 3000, 'every 3s'],
		['-', 1000, 'every 1s'],
		['--', 500, 'every 0.5s'],
		['---', 500, 'every 0.5s'],
		['++++++', 60_000, 'every 60s'],
		['+++++++', 60_000, 'every 60s'],
		['=', 3000, 'every 3s'],
	])('%s makes it %d ms, and says so as the header does', (keys, interval, says) => {
		const changed = ready.types(keys);
		expect(intervalOf(changed.state)).toBe(interval);
		expect(changed.status()).toBe(says);
	});

	test('where the server is slow, say which one is in force', () => {
		const slow = [1, 2, 3].reduce<Play>(so => so.waits(10).picture(sessions, {serverMs: 300}), play());
		expect(slow.types('-').status()).toBe('every 1s>6s');
		expect(slow.types('++++').status()).toBe('every 20s');
	});

	test('a chosen interval between the steps goes to its neighbours', () => {
		expect(intervalOf(play({interval: 1500}).types('+').state)).toBe(2000);
		expect(intervalOf(play({interval: 1500}).types('-').state)).toBe(1000);
	});

	test('a shorter interval holds from now on, not only after the long one', () => {
		const slow = play({interval: 60_000}).picture(sessions).waits(600).picture(sessions).waits(5000);
		const times = slow.types('------').waits(2000).times('sample');
		expect(times.at(-1)).toBeLessThanOrEqual(slow.now + 2000);
	});

	test('a slow server is not asked more often because of it', () => {
		const slow = [1, 2, 3].reduce<Play>(
			so => so.until('sample').waits(300).picture(sessions, {serverMs: 300}),
			play(),
		);
		const last = slow.times('sample').at(-1) ?? 0;
		const hurried = slow.waits(100).types('-').waits(100).types('-').waits(20_000).times('sample');
		expect(hurried.filter(time => time > last)[0]).toBe(last + 6000);
	});
});

describe('r and Ctrl-R', () => {
	test.each(['r', '\u0012'])('%j asks at once, and the interval counts from there', key => {
		const asked = play().picture(sessions).waits(600).picture(sessions).waits(700).types(key);
		expect(asked.times('sample').at(-1)).toBe(asked.now);
		expect(asked.waits(10).picture(sessions).until('sample').now).toBe(asked.now + 2000);
	});

	test('a second refresh does not start while one is on its way', () => {
		const asked = play().until('sample').types('r').waits(60).types('r');
		expect(asked.times('sample')).toEqual([0]);
	});
});

describe('rates', () => {
	const later = {commits: 1101, rollbacks: 20, blocksHit: 1890, blocksRead: 110};
	const first = play().picture(sessions, {counters});

	test('come with the second picture, where the two are five seconds apart', () => {
		expect(first.state.server.rates).toEqual({});
		const two = first.waits(500).picture(sessions, {counters: later, at: noon + 10 * second});
		expect(two.state.server.rates).toEqual({tps: 11, hitRatio: 0.99, rollbacks: 1});
	});

	test('are missing after a restart, and come again five seconds later', () => {
		const server = {startedAt: noon};
		const restarted = first.waits(6000).picture(sessions, {counters: later, server});
		expect(restarted.state.server.rates).toEqual({});
		const next = restarted.waits(5000).picture(sessions, {counters: {...later, commits: 2102}, server});
		expect(next.state.server.rates.tps).toBe(200);
	});

	test('are missing on another server that tells nothing of its start', () => {
		const server = {startedAt: undefined};
		const there = first
			.does({type: 'lost', why: 'gone'})
			.until('connect')
			.does({type: 'linked'})
			.waits(6000)
			.picture(sessions, {counters: later, server} as never);
		expect(there.state.server.rates).toEqual({});
		expect(there.state.server.counted).toHaveLength(1);
	});

	test('are no chance: pictures that r brought have none', () => {
		const asked = first.waits(1000).picture(sessions, {counters: later});
		expect(asked.topText()).toMatch(/ tps +- .* hit +- /);
		const next = asked.waits(4000).picture(sessions, {counters: {...later, commits: 1502}});
		expect(next.topText()).toMatch(/tps +\d+ /);
	});

	test('of the last sixty pictures are kept, with a hole where none could be told', () => {
		let moment = first;
		for (let times = 1; times <= 70; times++)
			moment = moment.waits(1000).picture(sessions, {counters: {...later, commits: 1000 + 101 * times}});
		const {tpsBefore} = moment.state.server;
		expect(tpsBefore).toEqual(Array.from({length: tpsBefore.length}, () => 100));
		expect(tpsBefore.length).toBeGreaterThan(54);
		expect(tpsBefore.length).toBeLessThanOrEqual(60);
		const off = moment.waits(1000).picture(sessions);
		expect(off.state.server.tpsBefore.slice(-2)).toEqual([100, undefined]);
	});
});
