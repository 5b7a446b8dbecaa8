import {describe, expect, test} from 'vitest';
import {lastSentences} from '../../../source/state/signal/sentences.js';
import {backend, invisible} from '../../helpers/state/backend.js';
import {down, lookingAt, type Play, play} from '../../helpers/state/play.js';

const session = backend(4388);
const looking = lookingAt(session);
const sent = (key: 'c' | 'k') => looking.types(key).waits(50).sends();
const says = (moment: Play) => moment.given('record-outcome').map(({facts: {sentence}}) => sentence);

/** Seen so again and again, until so many milliseconds after the key. */
function stays(moment: Play, ms: number): Play {
	let watched = moment;
	while (watched.now < looking.now + ms) watched = watched.until('look').sees(session);
	return watched;
}

describe('when the program ends every signal has its line', () => {
	const other = backend(4402, {age: 1});
	const leaves = (moment: Play) => moment.does({type: 'leaving'});

	test.each<[what: string, moment: Play, records: readonly string[], line: readonly string[]]>([
		[
			'without an answer',
			looking.types('k').waits(50),
			['may or may not have been signalled'],
			['4388 may or may not have been signalled'],
		],
		[
			'sent, and nothing seen',
			sent('k'),
			['was signalled, not seen to end'],
			['4388 was signalled, not seen to end'],
		],
		['ended', sent('k').until('look').sees(), ['ended 0.1s after k'], []],
		['still there', stays(sent('k'), 6000), ['still there after 5s'], ['4388 still there after 6s']],
		[
			'denied',
			looking.types('k').waits(50).answers({type: 'denied', reason: 'no'}),
			['was not signalled: no'],
			[],
		],
		['held back', looking.types('k').waits(50).holdsBack(), ['had ended already'], []],
	])('%s', (_, moment, records, line) => {
		const left = leaves(moment);
		expect(says(left)).toEqual(records);
		expect(lastSentences(left.state)).toEqual(line);
		expect(says(leaves(left))).toEqual(records);
	});

	test('one for each of two', () => {
		const two = lookingAt(session, {others: [other]})
			.types('k')
			.waits(50)
			.sends()
			.types(down)
			.looksAtIt()
			.types('k')
			.waits(50);
		expect(says(leaves(two)).length).toBe(2);
	});

	test('and nothing is written where nothing was signalled', () => {
		expect(says(leaves(play().picture([invisible(1)])))).toEqual([]);
	});
});
