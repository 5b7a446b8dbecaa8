import {describe, expect, test} from 'vitest';
import type {Command} from '../../source/state/command.js';
import {deadlines, nextWake} from '../../source/state/deadlines.js';
import {backend} from '../helpers/state/backend.js';
import {esc, lookingAt, type Play, play} from '../helpers/state/play.js';

const session = backend(1);
const signalled = () => lookingAt(session).presses('k');
const asked = () => lookingAt(session, {confirm: 'always'}).presses('k').reads(session).draws();

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
};

const cases: Readonly<Record<string, Case>> = {
	'armed key': {set: () => lookingAt(session).types('k'), after: 50, changes: gives('signal')},
	'key sequence': {set: () => lookingAt(session).presses('?').types(esc), after: 200, changes: shows},
	'open question': {set: asked, after: 30_000, changes: says},
	quitting: {set: () => signalled().types('q'), after: 3000, changes: gives('quit')},
	'next try to connect': {
		set: () => lookingAt(session).does({type: 'lost', why: 'closed'}),
		after: 250,
		changes: gives('connect'),
	},
	// The key was alone for 50 ms, and the looks count from it.
	'next look at what was signalled': {set: () => signalled().sends(), after: 50, changes: gives('look')},
	'next look at what is asked about': {set: asked, after: 1000, changes: gives('inspect')},
	'next sample': {set: () => play().at(0).picture([session]), after: 2000, changes: gives('sample')},
	'next rights': {
		set: () => play().at(0).picture([session]).does({type: 'rights-failed', why: 'refused'}),
		after: 60_000,
		changes: gives('rights'),
	},
	'counter on the screen': {set: () => lookingAt(session).types('p'), after: 1000, changes: says},
	'note that comes first': {
		set: () => signalled().sends().waits(100).types('k'),
		after: 3000,
		changes: says,
	},
};

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
});
