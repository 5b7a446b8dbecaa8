import {describe, expect, test} from 'vitest';
import {backend, second} from '../../helpers/state/backend.js';
import {down, lookingAt, type Play} from '../../helpers/state/play.js';

const session = backend(4388, {wait: {type: 'Client', name: 'ClientWrite'}});
const other = backend(4402, {age: second});
const looking = lookingAt(session, {others: [other]});
const pressed = (key: 'c' | 'k') => looking.types(key).waits(50);

/** Seen so again and again, until so long after the key. */
function stays(moment: Play, ms: number): Play {
	const key = moment.state.server.signals.at(-1)?.pressedAt ?? 0;
	let watched = moment;
	while (watched.now < key + ms) watched = watched.until('look').sees(session, other);
	return watched;
}

describe('outcomes are recorded', () => {
	const records = (moment: Play) => moment.given('record-outcome').map(({facts}) => facts.outcome);

	test('with what was said, and when', () => {
		const ended = pressed('k').sends().until('look').sees();
		expect(ended.given('record-outcome')).toEqual([
			{
				type: 'record-outcome',
				number: 1,
				facts: {pid: 4388, outcome: 'ended', sentence: 'ended 0.1s after k', seconds: 0.1},
			},
		]);
	});

	test.each<[what: string, moment: Play, outcomes: readonly string[]]>([
		['not before there is an answer', pressed('k'), []],
		['not when it was only sent', pressed('k').sends(), []],
		['had ended already', pressed('k').holdsBack(), ['had ended already']],
		['denied', pressed('k').answers({type: 'denied', reason: 'no'}), ['denied']],
		['still there is said once', stays(pressed('k').sends(), 12_000), ['still there']],
		[
			'still there, and its end',
			stays(pressed('k').sends(), 8000).until('look').sees(),
			['still there', 'ended'],
		],
		['not known', pressed('k').answers({type: 'unknown'}), ['not known']],
		[
			'not known, and what is seen after it',
			pressed('k').answers({type: 'unknown'}).until('look').sees(),
			['not known', 'not known'],
		],
		['a lost connection', pressed('k').does({type: 'lost', why: 'gone'}), ['not known']],
	])('one line for each that is new: %s', (_, moment, outcomes) => {
		expect(records(moment.waits(20).types(down).picture([other]))).toEqual(outcomes);
	});

	test('that it is still there after a signal nobody knows of is said once', () => {
		const unknown = stays(pressed('k').answers({type: 'unknown'}), 12_000);
		expect(unknown.status()).toBe('4388 may or may not have been signalled: it is still there');
		expect(unknown.given('record-outcome').map(({facts}) => facts.sentence)).toEqual([
			'may or may not have been signalled',
			'may or may not have been signalled: it is still there',
		]);
	});
});
