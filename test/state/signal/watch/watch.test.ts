import {describe, expect, test} from 'vitest';
import {parts} from '../../../../source/postgres/parts.js';
import {backend, idleBackend, noon, second} from '../../../helpers/state/backend.js';
import {down, lookingAt, type Play} from '../../../helpers/state/play.js';

const session = backend(4388, {wait: {type: 'IO', name: 'DataFileRead'}});
const looking = lookingAt(session);
const sent = looking.types('k').waits(50).sends();

/** Looks that were asked for, in milliseconds after the key, while the session is always still there. */
function schedule(moment: Play, until = 60_000): readonly number[] {
	const key = moment.state.server.signals[0]?.pressedAt ?? 0;
	let watched = moment;
	while (watched.now < key + until) {
		watched = watched.waits(50);
		if (watched.state.server.isLooking) watched = watched.sees(session);
	}

	return watched.times('look').map(time => time - key);
}

const everySecond = (from: number, to: number) =>
	Array.from({length: to - from + 1}, (_, index) => (from + index) * 1000);

describe('a session that was signalled is looked at', () => {
	test('0.1, 0.3, 0.6 and 1 s after the key, and then every second for 30 s', () => {
		expect(schedule(sent)).toEqual([100, 300, 600, ...everySecond(1, 30)]);
	});

	test.each([
		['every minute', lookingAt(session, {interval: 60_000})],
		['not at all, while the picture is held', looking.types('p')],
		['slower, on a server that needs its time', looking.picture([session], {serverMs: 4000})],
	])('at the same times when refreshed %s', (_, moment) => {
		const watched = moment.waits(60).types('k').waits(50).sends();
		expect(schedule(watched)).toEqual([100, 300, 600, ...everySecond(1, 30)]);
	});

	test('only once the server said that the signal was sent', () => {
		expect(looking.types('k').waits(20_000).times('look')).toEqual([]);
		expect(schedule(looking.types('k').waits(700).sends()).slice(0, 3)).toEqual([700, 1000, 2000]);
	});

	test('with its pid alone', () => {
		expect(sent.until('look').commands.at(-1)?.command).toEqual({type: 'look', pids: [4388]});
	});

	test('not again before the look before has come back', () => {
		expect(sent.waits(20_000).times('look')).toEqual([looking.now + 100]);
	});

	test('at the next time of the schedule when a look took long: none is made up for', () => {
		const slow = sent.until('look').waits(2500).sees(session);
		expect(schedule(slow, 5000)).toEqual([100, 3000, 4000, 5000]);
	});

	test('at the next time of the schedule when a look failed', () => {
		const failed = sent.until('look').waits(30).does({type: 'look-failed'});
		expect(schedule(failed, 2000)).toEqual([100, 300, 600, 1000, 2000]);
	});

	test('no more once it is seen to be gone', () => {
		expect(sent.until('look').sees().waits(60_000).times('look')).toHaveLength(1);
	});

	test.each([
		['had ended already', (moment: Play) => moment.holdsBack()],
		['was denied', (moment: Play) => moment.answers({type: 'denied', reason: 'permission denied'})],
		['failed', (moment: Play) => moment.answers({type: 'failed', reason: 'out of memory'})],
	])('not at all when it %s', (_, answer) => {
		expect(answer(looking.types('k').waits(50)).waits(60_000).times('look')).toEqual([]);
	});
});

describe('two sessions under watch', () => {
	const other = backend(4402, {age: second});
	const two = lookingAt(session, {others: [other]})
		.types('k')
		.waits(50)
		.sends()
		.until('look')
		.sees(session)
		.types(down)
		.draws()
		.waits(300)
		.sees(session)
		.types('c')
		.waits(50)
		.sends();
	const pids = ({commands}: Play) =>
		commands.flatMap(({command}) => (command.type === 'look' ? [command.pids] : []));

	test('are asked for in one message when both are due', () => {
		expect(pids(two.stalls(2000).does({type: 'wake'})).at(-1)).toEqual([4388, 4402]);
	});

	test('stay under watch until each of them has come to its end', () => {
		const cancelled = two.until('look').sees(idleBackend(4402));
		expect(cancelled.status()).toBe('4402 query ended 0.1s after c: idle now');
		const ended = cancelled.until('look').sees();
		expect(pids(ended).at(-1)).toEqual([4388]);
		expect(ended.status()).toBe('4388 ended 0.6s after k');
		expect(ended.waits(60_000).times('look')).toEqual(ended.times('look'));
	});

	test('are told apart: the last outcome stands in the status line', () => {
		const gone = two.stalls(250).does({type: 'wake'}).sees();
		expect(gone.status()).toBe('4402 ended 0.3s after c');
	});

	test('of one pid, an ended session and its successor, are told apart by their start', () => {
		const successor = backend(4388, {backendStart: noon});
		const first = sent.until('look').sees(successor);
		expect(first.status()).toBe('4388 ended 0.1s after k');
		const again = first.waits(3000).picture([successor]).types(down).looksAtIt().types('k').waits(50).sends();
		expect(again.until('look').sees(successor).status()).toBe('4388 was signalled, not seen to end yet');
	});
});

describe('a lost connection under watch', () => {
	test('looks again when it is back, and says what it sees', () => {
		const lost = sent.until('look').does({type: 'lost', why: 'the server closed the connection'});
		const back = lost.until('connect').waits(100).does({type: 'linked'});
		// Only a picture tells which server it is, so no look goes out before it.
		expect(back.commands.at(-1)?.command).toEqual({type: 'sample', parts, idleTexts: [4388]});
		expect(back.waits(600).times('look')).toHaveLength(1);
		const known = back.waits(600).picture([session]);
		expect(known.until('look').sees().status()).toBe('4388 ended 1.0s after k');
	});

	test('of a signal without an answer it says that nobody knows, and after it what is seen', () => {
		const lost = looking.types('k').waits(60).does({type: 'lost', why: 'the server closed the connection'});
		const back = lost.until('connect').waits(100).does({type: 'linked'});
		expect(back.status()).toBe('4388 may or may not have been signalled');
		expect(back.waits(5000).times('look')).toEqual([]);
		const known = back.waits(10).picture([session]);
		expect(known.until('look').commands.at(-1)?.command).toEqual({type: 'look', pids: [4388]});
		expect(known.until('look').sees().status()).toBe(
			'4388 may or may not have been signalled: it is gone now',
		);
	});

	test('an answer that is not known is looked after at once', () => {
		const unknown = looking.types('k').waits(60).answers({type: 'unknown'});
		expect(unknown.status()).toBe('4388 may or may not have been signalled');
		expect(unknown.waits(1000).times('look').length).toBeGreaterThan(0);
	});

	test('an answer that comes after it was given up changes nothing', () => {
		const lost = looking.types('k').waits(60).does({type: 'lost', why: 'the server closed the connection'});
		expect(lost.sends().state).toBe(lost.state);
	});
});
