import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Locks} from '../../source/domain/locks/lock-row.js';
import {roughAge} from '../../source/domain/text/format.js';
import type {Command} from '../../source/state/command.js';
import {deadlines, nextWake} from '../../source/state/deadlines.js';
import {allRights, backend, idleBackend} from '../helpers/state/backend.js';
import {locksOf} from '../helpers/state/locked.js';
import {end, esc, lookingAt, type Play, play} from '../helpers/state/play.js';

const session = backend(1);
const signalled = () => lookingAt(session).presses('k');
const asked = () => lookingAt(session, {confirm: 'always'}).presses('k').reads(session).draws();

const waiters = locksOf([{type: 'transactionid', held: {E: [1]}, waits: [[2, 'S']]}]);

/** Its end was seen after a k, before which the picture had these locks. */
const endedBefore = (locks?: Locks) =>
	lookingAt(session, {others: [backend(2)]})
		.picture([session, backend(2)], locks && {locks})
		.presses('k')
		.sends()
		.until('look')
		.sees();

/** To the end of a list of idle sessions, whose last queries have not been asked for. */
const scrolled = () =>
	play()
		.picture(Array.from({length: 40}, (_, index) => idleBackend(5000 + index)))
		.until('sample')
		.picture(Array.from({length: 40}, (_, index) => idleBackend(5000 + index)))
		.waits(1500)
		.types(end);

const lost = (moment: Play) => moment.does({type: 'lost', why: 'closed'});
const unwritten = (moment: Play) => moment.does({type: 'unrecorded', numbers: [1], why: 'full'});

const gives = (type: Command['type']) => (after: Play) => String(after.times(type).length);
const says = (after: Play) => after.status();
const shows = (after: Play) => after.page();

type Case = {
	/** How it comes to be set. */
	readonly set: () => Play;
	/** In how many milliseconds it comes from then on. */
	readonly after: number;
	/** What is another one because of it. */
	readonly changes: (after: Play) => string;
	/** When it is not set, although it might be taken to be. */
	readonly notWhile: Readonly<Record<string, () => Play>>;
};

const cases: Readonly<Record<string, Case>> = {
	'armed key': {
		set: () => lookingAt(session).types('k'),
		after: 50,
		changes: gives('signal'),
		notWhile: {
			'another key has followed it': () => lookingAt(session).types('k').waits(20).types('x'),
			'the connection is gone': () => lost(lookingAt(session).types('k')),
		},
	},
	'key sequence': {
		set: () => lookingAt(session).presses('?').types(esc),
		after: 200,
		changes: shows,
		notWhile: {
			'its rest has come': () => lookingAt(session).presses('?').types(esc).types('[B'),
		},
	},
	'open question': {
		set: asked,
		after: 30_000,
		changes: says,
		notWhile: {'y has sent the signal': () => asked().waits(500).presses('y')},
	},
	quitting: {
		set: () => signalled().types('q'),
		after: 3000,
		changes: gives('quit'),
		notWhile: {
			'an answer is missing, and q was not pressed': signalled,
			'it is asked about the audit file': () => unwritten(signalled().types('q')),
		},
	},
	'next try to connect': {
		set: () => lost(lookingAt(session)),
		after: 250,
		changes: gives('connect'),
		notWhile: {
			'one is under way': () => lost(lookingAt(session)).until('connect'),
			'the login was refused': () =>
				lost(lookingAt(session)).until('connect').does({type: 'link-failed', why: 'refused', isFinal: true}),
		},
	},
	// The key was alone for 50 ms, and the looks count from it.
	'next look at what was signalled': {
		set: () => signalled().sends(),
		after: 50,
		changes: gives('look'),
		notWhile: {
			'the server has not answered': signalled,
			'one is under way': () => signalled().sends().until('look'),
			'there is no connection': () => lost(signalled().sends()),
			'no picture has told which server it is': () =>
				lost(signalled().sends()).until('connect').does({type: 'linked'}),
		},
	},
	'next look at those who waited': {
		set: () => endedBefore(waiters),
		after: 150,
		changes: gives('waiting'),
		notWhile: {
			'nobody had waited': () => endedBefore(),
			'the connection is gone': () => lost(endedBefore(waiters)),
			'that look has been answered': () =>
				endedBefore(waiters)
					.until('waiting')
					.does({type: 'waiting-read', numbers: [1]}),
		},
	},
	'next look at what is asked about': {
		set: asked,
		after: 1000,
		changes: gives('facts'),
		notWhile: {
			'one is under way': () => asked().until('facts'),
			'y has sent the signal': () => asked().waits(500).presses('y'),
			'there is no connection': () => unwritten(lost(signalled())).reads(session),
		},
	},
	'next sample': {
		set: () => play().at(0).picture([session]),
		after: 2000,
		changes: gives('sample'),
		notWhile: {
			'one is under way': () => play().at(0),
			'the picture is held': () => lookingAt(session).types('p'),
			'there is no connection': () => lost(lookingAt(session)),
		},
	},
	'rested window': {
		set: () => scrolled(),
		after: 200,
		changes: gives('sample'),
		notWhile: {
			'one is under way': () => scrolled().until('sample'),
			'the picture is held': () => scrolled().types('p'),
			'the list is covered': () => scrolled().types('?'),
			'there is no connection': () => lost(scrolled()),
			'nothing has come into the window': () => lookingAt(session),
		},
	},
	'next rights': {
		set: () => play().at(0).picture([session]).does({type: 'rights-failed', why: 'refused'}),
		after: 60_000,
		changes: gives('rights'),
		notWhile: {
			'no picture has come yet': play,
			'they are being read': () => play().picture([session]).at(0),
			'the picture is held': () => lookingAt(session).has(allRights).types('p'),
			'there is no connection': () => lost(lookingAt(session).has(allRights)),
		},
	},
	'counter on the screen': {
		set: () => lookingAt(session).types('p'),
		after: 1000,
		changes: says,
		notWhile: {'no picture has come yet': play},
	},
	'note that comes first': {
		set: () => signalled().sends().waits(100).types('k'),
		after: 3000,
		changes: says,
		notWhile: {
			'a note only says what a key has done': () => lookingAt(session).types('i'),
			'its time is over': () => signalled().sends().waits(100).types('k').waits(3000),
		},
	},
};

const unset = Object.entries(cases).flatMap(([name, {notWhile}]) =>
	Object.entries(notWhile).map(([when, moment]) => [name, when, moment] as const),
);

const timeOf = (name: string, {state}: Play) => deadlines.find(one => one.name === name)?.at(state);

describe('deadlines', () => {
	test('each has a case here', () => {
		expect(Object.keys(cases)).toEqual(deadlines.map(({name}) => name));
	});

	test.each(Object.entries(cases))(
		'%s: it comes when its time has come, and not before; then no time is left that has passed',
		(name, {set, after, changes}) => {
			const before = set();
			const time = timeOf(name, before);
			expect(time).toBe(before.now + after);
			const early = before.waits(after - 1);
			expect(timeOf(name, early)).toBe(time);

			const due = early.waits(1);
			expect(changes(due)).not.toBe(changes(early));
			expect(timeOf(name, due) ?? Infinity).toBeGreaterThan(before.now + after);
			expect(nextWake(due.state) ?? Infinity).toBeGreaterThan(due.now);
		},
	);

	test.each(unset)('%s: it is not set while %s', (name, _, moment) => {
		expect(timeOf(name, moment()) ?? Infinity).toBe(Infinity);
	});
});

describe('the counter on the screen', () => {
	const [minute, hour] = [60_000, 3_600_000];
	const held = lookingAt(session).types('p');
	const connecting = lost(lookingAt(session)).waits(300);
	const refused = connecting.does({type: 'link-failed', why: 'refused', isFinal: true, isOld: false});

	test.each([
		[1500, 2000],
		[minute - 500, minute],
		[minute, 2 * minute],
		[hour - 500, hour],
		[hour + minute, 2 * hour],
	])('goes on only when its words change: %d ms old, it waits until %d', (old, next) => {
		const {receivedAt} = held.state.server;
		expect(timeOf('counter on the screen', held.waits(receivedAt + old - held.now))).toBe(receivedAt + next);
	});

	test('says how old the held picture is, however long that has been so', () => {
		fc.assert(
			fc.property(fc.integer({min: 0, max: 30 * hour}), ms => {
				const later = held.waits(ms);
				const old = roughAge(later.now - held.state.server.receivedAt);
				expect(later.status()).toBe(`held, ${old} old: p goes on`);
			}),
		);
	});

	test('says how long ago the connection was lost, or refused', () => {
		const {now} = lost(lookingAt(session));
		fc.assert(
			fc.property(fc.integer({min: 0, max: 30 * hour}), ms => {
				const [tried, left] = [connecting.waits(ms), refused.waits(ms)];
				expect(tried.status()).toBe(`lost ${roughAge(tried.now - now)} ago, trying now: closed`);
				expect(left.status()).toBe(`refused ${roughAge(ms)} ago, r tries again: refused`);
			}),
		);
	});

	test('counts the seconds to the next try, also hours after the last one', () => {
		const failed = connecting
			.waits(5 * hour)
			.does({type: 'link-failed', why: 'refused', isFinal: false, isOld: false});
		expect(failed.status()).toBe('lost 5h ago, next try in 1s: refused');
		expect(timeOf('counter on the screen', failed)).toBe(failed.now + 1000);
		expect(lost(held.waits(5 * hour)).status()).toBe('lost 0s ago, next try in 1s: closed');
	});
});
