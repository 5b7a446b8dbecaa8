import {describe, expect, test} from 'vitest';
import {backend, invisible, noon, second} from '../../helpers/state/backend.js';
import {down, lookingAt, type Play, play} from '../../helpers/state/play.js';

const why = 'the server closed the connection';
const session = backend(4388);
const looking = lookingAt(session, {others: [backend(4402, {age: second})]});
const lost = looking.does({type: 'lost', why});

const fails = (moment: Play, times: number) =>
	Array.from({length: times}).reduce<Play>(
		so => so.until('connect').does({type: 'link-failed', why: 'the server refused the connection'}),
		moment,
	);

test('a new connection to another host of several has its name from then on', () => {
	const name = 'dba@db2:5432/shop';
	const linked = lost.until('connect').does({type: 'linked', name});
	expect(linked.state.settings.target).toBe(name);
	expect(linked.does({type: 'lost', why}).until('connect').does({type: 'linked'}).state.settings.target).toBe(
		name,
	);
});

describe('a lost connection', () => {
	test('leaves the last picture on the screen, dimmed, with the word', () => {
		expect(lost.rows()).toEqual(['4388 stale', '4402 stale']);
		expect(lost.selected()).toBe(4388);
	});

	test('asks for no refresh', () => {
		expect(lost.waits(60_000).times('sample')).toEqual(looking.times('sample'));
	});

	test('is tried anew after 250 ms', () => {
		expect(lost.until('connect').now - lost.now).toBe(250);
	});

	test('is tried again after 0.5, 1, 2, 4 and then every 5 s', () => {
		const times = fails(lost, 8).times('connect');
		expect(times.slice(1).map((time, index) => time - (times[index] ?? 0))).toEqual([
			500, 1000, 2000, 4000, 5000, 5000, 5000,
		]);
	});

	test('is not tried again while an attempt takes its time', () => {
		expect(lost.waits(120_000).times('connect')).toHaveLength(1);
	});

	test.each([
		['at first', lost.waits(0), `lost 0s ago, next try in 1s: ${why}`],
		['while it is tried', lost.waits(2300), `lost 2s ago, trying now: ${why}`],
		[
			'after it failed',
			fails(lost, 4).waits(2000),
			'lost 5s ago, next try in 2s: the server refused the connection',
		],
	])('says how long ago it was, and what comes next: %s', (_, moment, says) => {
		expect(moment.status()).toBe(says);
	});

	test('counts on every second', () => {
		const counting = [1, 2, 3].map(seconds =>
			lost
				.until('connect')
				.at(lost.now + seconds * 1000 + 5)
				.status(),
		);
		expect(counting.map(status => /lost (\d+s)/.exec(status)?.[1])).toEqual(['1s', '2s', '3s']);
	});

	test('lets the selection move, and the help be read', () => {
		expect(lost.types(down).selected()).toBe(4402);
		expect(lost.types('?').state.screen.layers[0].type).toBe('help');
	});

	test('is lost once, whoever says so', () => {
		const later = lost.waits(100);
		expect(later.does({type: 'lost', why: 'read ECONNRESET'}).state).toBe(later.state);
	});
});

describe('a connection that is back', () => {
	const linked = lost.until('connect').waits(100).does({type: 'linked'});

	test('asks for a picture at once', () => {
		expect(linked.times('sample').at(-1)).toBe(linked.now);
	});

	test('keeps selection and sort on the same server', () => {
		const sorted = looking.types('R').does({type: 'lost', why}).until('connect').does({type: 'linked'});
		const back = sorted.picture([session, backend(4402, {age: second})]);
		expect(back.rows()).toEqual(['4402', '4388']);
		expect(back.selected()).toBe(4388);
		expect(back.status()).toBe('');
	});

	test('lost again at once is tried later each time: no server has logins for nothing twice a second', () => {
		let moment = linked;
		const waits = [1, 2, 3, 4, 5, 6].map(() => {
			const again = moment.waits(1000).does({type: 'lost', why});
			const tried = again.until('connect');
			moment = tried.waits(100).does({type: 'linked'});
			return tried.now - again.now;
		});
		expect(waits).toEqual([500, 1000, 2000, 4000, 5000, 5000]);
	});

	test('lost after five good seconds is tried after 250 ms again', () => {
		const again = linked.waits(5000).does({type: 'lost', why});
		expect(again.until('connect').now - again.now).toBe(250);
	});
});

describe('a login that is refused', () => {
	const refused = lost
		.until('connect')
		.does({type: 'link-failed', why: 'password authentication failed', isFinal: true});

	test('is not tried again by itself: an account may be locked by that', () => {
		expect(refused.waits(3_600_000).given('connect')).toHaveLength(1);
		expect(refused.waits(5000).status()).toMatch(
			/^refused \d+s ago, r tries again: password authentication failed$/,
		);
	});

	test('is tried again by r, and later as usual when nobody answers', () => {
		const again = refused.waits(60_000).types('r');
		expect(again.given('connect')).toHaveLength(2);
		const failed = again.does({type: 'link-failed', why: 'nobody answers'});
		expect(failed.until('connect').now - failed.now).toBe(500);
	});
});

test('r does not wait for the next try', () => {
	const waiting = lost.until('connect').does({type: 'link-failed', why: 'nobody answers'});
	expect(waiting.types('r').times('connect').at(-1)).toBe(waiting.now);
});

describe('another server, or the same one restarted', () => {
	const server = {startedAt: noon};
	const back = (...sessions: Parameters<Play['picture']>[0]) =>
		lost.until('connect').waits(100).does({type: 'linked'}).waits(10).picture(sessions, {server});

	test('is said', () => {
		expect(back().alert()).toContain('this is another server, or it was restarted');
	});

	test('the selected row is old, and c and k do nothing', () => {
		const restarted = back(backend(4388, {backendStart: noon}));
		expect(restarted.rows()).toContain('4388 stale');
		const pressed = restarted.draws().waits(1000).types('k').waits(50);
		expect(pressed.signals()).toEqual([]);
	});

	test('a session with the same pid that this role may not see is not taken for the one before', () => {
		const hidden = lookingAt(invisible(4388)).does({type: 'lost', why});
		const restarted = hidden
			.until('connect')
			.does({type: 'linked'})
			.picture([invisible(4388)], {server});
		const isSelected = restarted.state.screen.rows.some(
			({value: {id}, isGone}) => id === restarted.state.screen.selected && !isGone,
		);
		expect(isSelected).toBe(false);
	});

	test('is not said of the first picture', () => {
		expect(play().picture([session], {server}).alert()).toBe('');
	});
});
