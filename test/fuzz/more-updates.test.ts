import {describe, expect, test} from 'vitest';
import {backend} from '../helpers/state/backend.js';
import {down, end, pageDown, play} from '../helpers/state/play.js';
import {faultsIn, faultsOfCommand, faultsOnScreen} from './faults.js';
import {floods, keysOfTables} from './keys.js';
import {runsOf, seed, timeout, walkAll} from './runs.js';
import {largeTexts} from './texts.js';

const numRuns = runsOf(5000);

/** Another half of the runs: the two take a processor each. */
test('with other sessions and other answers the screen is as whole', {timeout}, () => {
	const {signals, screens} = walkAll(numRuns, seed + 1);
	expect(signals).toBeGreaterThan(numRuns / 100);
	expect(screens).toBeGreaterThan(numRuns);
});

const session = backend(4388);
const looked = play().picture([session]).types(down).looksAtIt();

describe('a flood', () => {
	/** As much as a terminal's line hands over at once. */
	const readSize = 4096;

	test.each(floods.map(flood => [flood.slice(0, 12), flood.length, flood] as const))(
		'that begins with %j, of %d bytes, signals nothing, and the next key is heard',
		(_, __, flood) => {
			let moment = looked;
			for (let from = 0; from < flood.length; from += readSize)
				moment = moment.types(Buffer.from(flood.slice(from, from + readSize), 'latin1'));
			const after = moment.waits(5000).types('\u001B').waits(1000);
			expect(after.signals()).toEqual([]);
			expect([...faultsIn(after.state), ...faultsOnScreen(after.state)]).toEqual([]);
			expect(after.types('?').page()).toContain('pg_terminate_backend');
		},
	);
});

describe('a large text', () => {
	test.each(largeTexts.map(text => [text.length, text.split('\n').length, text] as const))(
		'of %d characters in %d lines is shown, scrolled through and copied whole',
		(length, _, text) => {
			const shown = looked.types('\r').reads(session, {text});
			const scrolled = shown.types(pageDown.repeat(7));
			const atEnd = scrolled.types(end);
			for (const {state} of [shown, scrolled, atEnd]) expect(faultsOnScreen(state)).toEqual([]);
			const copied = atEnd.waits(300).types('y').given('copy');
			expect(copied.map(one => one.text.length)).toEqual([length]);
			expect(copied.flatMap(faultsOfCommand)).toEqual([]);
		},
	);
});

test('every key of the tables can be typed', () => {
	expect(keysOfTables).toEqual(
		expect.arrayContaining(['c', 'k', 'q', '\r', '\u001B[B', '\u001B[Z', '\u001A']),
	);
});
