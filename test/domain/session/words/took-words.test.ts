import {expect, test} from 'vitest';
import type {SeenStatement} from '../../../../source/domain/session/seen.js';
import {tookWords} from '../../../../source/domain/session/words/took-words.js';
import {minute, noon, second} from '../../../helpers/state/backend.js';

const after = (micros: number) => noon + micros;

test.each<[string, string, Omit<SeenStatement, 'text' | 'queryStart'>]>([
	['ended when a picture tells', '4m12s', {lastRun: noon, endedAt: after(4 * minute + 12 * second)}],
	['ended within milliseconds', '12ms', {lastRun: noon, endedAt: after(12_900)}],
	['ended at once', '<1ms', {lastRun: noon, endedAt: after(300)}],
	['ran in a picture that came at once', '<2.1s', {lastRun: after(20_000), endedBy: after(2.1 * second)}],
	['ended between two pictures', '4.0s-6.0s', {lastRun: after(4 * second), endedBy: after(6 * second)}],
	[
		'ended a little later than what is shown',
		'1.0s-2.9s',
		{lastRun: after(second), endedBy: after(2.87 * second)},
	],
	[
		'ended a little later than a second',
		'4.0s-13s',
		{lastRun: after(4 * second), endedBy: after(12.2 * second)},
	],
	[
		'began two hours before',
		'2h00m',
		{lastRun: after(120 * minute), endedBy: after(120 * minute + 2 * second)},
	],
	['ended nobody knows when', '>4.0s', {lastRun: after(4 * second)}],
	['ended nobody knows when, and was just seen', '?', {lastRun: noon}],
	['ended before it began, as the clock was set back', '?', {lastRun: noon, endedAt: after(-second)}],
	['was followed by one of a clock that was set back', '?', {lastRun: noon, endedBy: after(-second)}],
])('a statement that %s took %s', (_, words, facts) => {
	expect(tookWords({text: 'select 1', queryStart: noon, ...facts})).toBe(words);
});
