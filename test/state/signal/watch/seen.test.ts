import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../../source/domain/session/backend.js';
import {lastSentences} from '../../../../source/state/signal/sentences.js';
import {backend, idleBackend, noon, unread} from '../../../helpers/state/backend.js';
import {lookingAt, type Play} from '../../../helpers/state/play.js';
import {asks, commit} from '../../questions.js';

const session = backend(4388);
const looking = lookingAt(session);
const sent = (key: 'c' | 'k') => looking.types(key).waits(50).sends();
const says = (moment: Play) => moment.given('record-outcome').map(({facts: {sentence}}) => sentence);

/** Seen so again and again, until so many milliseconds after the key. */
function stays(moment: Play, ms: number, seen: Backend = session): Play {
	let watched = moment;
	while (watched.now < looking.now + ms) watched = watched.until('look').sees(seen);
	return watched;
}

const relinked = (moment: Play) =>
	moment.does({type: 'lost', why: 'gone'}).waits(33_000).does({type: 'linked'}).waits(10).picture([session]);

describe('what is seen long after the look before may have happened at any time since', () => {
	test.each<[key: 'c' | 'k', seen: readonly Backend[], words: string]>([
		['k', [], 'was gone when looked at, 3\\ds after k'],
		['c', [idleBackend(4388)], 'query was over when looked at, 3\\ds after c: idle now'],
	])('after a dead link, %s: %s', (key, seen, words) => {
		const watched = sent(key).until('look').sees(session);
		const told = relinked(watched)
			.until('look')
			.sees(...seen);
		expect(told.status()).toMatch(new RegExp(`^4388 ${words}$`));
		expect(says(told)).toEqual([told.status().slice(5)]);
		expect(told.status()).not.toMatch(/ended 3\ds/);
	});

	test.each([
		[1000, 'ended 1.1s after k'],
		[2000, 'ended 2.1s after k'],
		[2001, 'was gone when looked at, 2.1s after k'],
	])('%d ms after it: %s', (ms, words) => {
		const looked = sent('k').until('look').sees(session);
		expect(
			looked
				.waits(ms)
				.does({type: 'looked', looks: [{pid: 4388, at: noon}]})
				.status(),
		).toBe(`4388 ${words}`);
	});

	test('the answer of the server counts as a look: it was there then', () => {
		const late = looking.types('k').waits(2600).sends().until('look').sees();
		expect(late.status()).toBe('4388 ended 2.6s after k');
	});

	test('a look that found it still there begins the time anew', () => {
		expect(stays(sent('k'), 9000).until('look').sees().status()).toBe('4388 ended 10s after k');
	});
});

describe('a c that was followed by a k on the same session', () => {
	const both = stays(sent('c'), 6000).types('k').waits(50).sends();

	test('ends with "then k": what ended the session was not the c', () => {
		const ended = both.until('look').sees();
		expect(ended.status()).toMatch(/^4388 ended 0\.\ds after k$/);
		expect(says(ended)).toEqual([
			'still running. k ends it',
			expect.stringMatching(/^not seen to end in 6s, then k$/),
			expect.stringMatching(/^ended 0\.\ds after k$/),
		]);
		expect(ended.types('L').page()).toContain('not seen to end in 6s, then k');
	});

	test('ends so, too, when its own looks are over and only the next picture tells', () => {
		const ended = stays(sent('c'), 30_000).waits(100).types('k').waits(50).sends().until('look').sees();
		expect(ended.status()).toBe('4388 ended 0.1s after k');
		expect(says(ended.waits(1000).picture([])).slice(1)).toEqual([
			'ended 0.1s after k',
			'not seen to end in 30s, then k',
		]);
	});

	test('and with what it did, where that was seen before', () => {
		const ended = sent('c').until('look').sees(idleBackend(4388)).waits(800).types('k').waits(50).sends();
		expect(says(ended.until('look').sees())).toEqual([
			'query ended 0.1s after c: idle now',
			'ended 0.1s after k',
		]);
	});

	test('and not, where the k was held back', () => {
		const held = stays(sent('c'), 6000)
			.types('k')
			.waits(50)
			.holdsBack(backend(4388, {xactStart: noon}));
		expect(says(held.until('look').sees()).at(-1)).toMatch(/^ended \ds after c$|^ended \d\.\ds after c$/);
	});
});

describe('a c in SyncRep, which the transaction behind it survives', () => {
	const committing = backend(4388, commit);
	const preparing = backend(4388, {...commit, query: "PREPARE TRANSACTION 'gid'"});

	const given = (waiting: Backend, key: 'c' | 'k' = 'c') =>
		asks(waiting, key)
			.waits(500)
			.types('y')
			.waits(50)
			.answers({type: 'answered', at: noon, sent: true, held: [], seen: {pid: 4388, wait: commit.wait}})
			.until('look');

	test.each([
		[committing, 'committed here'],
		[preparing, 'prepared here'],
		[unread(committing), 'finished here'],
	])('$query.text only stopped waiting: %s', (waiting, done) => {
		const told = given(waiting).sees(idleBackend(4388));
		expect(told.status()).toMatch(
			new RegExp(`^4388 stopped waiting for the standby 0\\.\\ds after c: ${done}$`),
		);
		expect(told.given('record-outcome').map(({facts}) => facts.outcome)).toEqual(['stopped waiting']);
	});

	test('is not told as one, where it did not wait any more when the signal came', () => {
		const told = asks(committing, 'c')
			.waits(500)
			.types('y')
			.waits(50)
			.sends()
			.until('look')
			.sees(idleBackend(4388));
		expect(told.status()).toMatch(/^4388 query ended 0\.\ds after c: idle now$/);
	});

	test('ends the session by k all the same', () => {
		expect(given(committing, 'k').sees().status()).toMatch(/^4388 ended 0\.\ds after k$/);
	});
});

describe('a session that waits for its client', () => {
	const clientRead = {type: 'Client', name: 'ClientRead'};
	const portal = backend(4388, {wait: clientRead});

	test('and is in its transaction: a portal that is fetched in pieces acts on c when that goes on', () => {
		const told = stays(sent('c'), 5000, portal);
		expect(told.status()).toBe('4388 waits for its client: c has no effect there. k ends it');
		expect(stays(sent('k'), 5000, portal).status()).toBe('4388 still there after 5s, in Client:ClientRead');
	});

	test('and is in none: its query is over, its driver holds back the Sync', () => {
		const held = backend(4388, {wait: clientRead, xactStart: undefined});
		expect(sent('c').until('look').sees(held).status()).toBe(
			'4388 query ended 0.1s after c: its client has not gone on',
		);
	});
});

describe('after the 30 s of looks each picture goes on telling, until it is over', () => {
	const watched = stays(sent('c'), 30_000);
	const killed = stays(sent('k'), 30_000);

	test('no look is made any more', () => {
		expect(watched.waits(60_000).times('look')).toEqual(watched.times('look'));
	});

	test('that it is still there', () => {
		const later = killed.waits(9000).picture([backend(4388, {wait: {type: 'IO', name: 'DataFileRead'}})]);
		expect(later.status()).toMatch(/^4388 still there after 39s, in IO:DataFileRead$/);
		expect(watched.waits(9000).picture([session]).status()).toMatch(
			/^4388 still running after 39s\. k ends it$/,
		);
	});

	test('that it is gone, and the row says so, too', () => {
		const gone = killed.waits(1000).picture([session]).waits(1000).picture([]);
		expect(gone.status()).toBe('4388 ended 32s after k');
		expect(gone.line(4388)).toMatch(/gone .*ended 32s after k/);
		expect(gone.line(4388)).not.toContain('still there');
		expect(lastSentences(gone.state)).toEqual([]);
	});

	test('that it was gone when looked at, in a picture that came late', () => {
		expect(killed.waits(30_000).picture([]).status()).toMatch(
			/^4388 was gone when looked at, 1m00s after k$/,
		);
	});

	test('that its query is over', () => {
		const over = watched
			.waits(1000)
			.picture([session])
			.waits(1500)
			.picture([idleBackend(4388)]);
		expect(over.status()).toBe('4388 query ended 32s after c: idle now');
		expect(says(over)).toEqual(['still running. k ends it', 'query ended 32s after c: idle now']);
	});

	test('and nothing more once it was over', () => {
		const over = watched.waits(1000).picture([idleBackend(4388)]);
		const later = over.waits(9000).picture([backend(4388, {queryStart: noon})]);
		expect(says(later)).toEqual(says(over));
	});

	test('of a signal that nobody knows of what is seen of it', () => {
		const unknown = stays(looking.types('k').waits(50).answers({type: 'unknown'}), 30_050);
		expect(unknown.waits(1000).picture([session]).status()).toBe(
			'4388 may or may not have been signalled: it is still there',
		);
		expect(unknown.waits(1000).picture([]).status()).toBe(
			'4388 may or may not have been signalled: it is gone now',
		);
	});
});
