import {describe, expect, test} from 'vitest';
import {lastSentences} from '../../../source/state/signal/sentences.js';
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

describe('q while a signal has no answer', () => {
	const waiting = pressed('k').waits(60).types('q');
	const quits = (moment: Play) => moment.times('quit');

	test('waits for it, and says so', () => {
		expect(quits(waiting)).toEqual([]);
		expect(waiting.waits(10).state.status.note?.text).toMatch(/^waiting for the server's answer, 3s at most/);
	});

	test('says so on the screen', () => {
		expect(waiting.status()).toMatch(/^waiting for the server's answer, 3s at most: q again/);
	});

	test('for 3 s at most, and then says that nobody knows', () => {
		expect(quits(waiting.waits(2999))).toEqual([]);
		expect(quits(waiting.waits(3000))).toEqual([waiting.now + 3000]);
		expect(lastSentences(waiting.waits(3000).state)).toEqual(['4388 may or may not have been signalled']);
	});

	test('leaves at once when the connection is lost: no answer can come any more', () => {
		const lost = waiting.waits(500).does({type: 'lost', why: 'the server closed the connection'});
		expect(quits(lost.waits(1))).toEqual([lost.now]);
		expect(lastSentences(lost.waits(1).state)).toEqual(['4388 may or may not have been signalled']);
	});

	test.each(['q', '\u0003'])('%j again leaves at once', key => {
		expect(quits(waiting.waits(500).types(key))).toEqual([waiting.now + 500]);
	});

	test.each<[what: string, answer: (moment: Play) => Play, says: readonly string[]]>([
		['sent', moment => moment.sends(), ['4388 was signalled, not seen to end']],
		['held back', moment => moment.holdsBack(), []],
		['denied', moment => moment.answers({type: 'denied', reason: 'no'}), []],
		['not known', moment => moment.answers({type: 'unknown'}), ['4388 may or may not have been signalled']],
	])('an answer, %s, quits at once', (_, answer, says) => {
		const answered = answer(waiting.waits(700));
		expect(quits(answered)).toEqual([waiting.now + 700]);
		expect(lastSentences(answered.state)).toEqual(says);
	});

	test('a lost connection is the end of waiting, too', () => {
		expect(quits(waiting.waits(700).does({type: 'lost', why: 'gone'}).waits(20))).toHaveLength(1);
	});

	test.each<[what: string, moment: Play]>([
		['nothing was signalled', looking],
		['every signal was answered', pressed('k').sends()],
		['the signal was held back', pressed('k').holdsBack()],
		['nobody knows', pressed('k').answers({type: 'unknown'})],
	])('does not wait when %s', (_, moment) => {
		const left = moment.waits(60).types('q');
		expect(quits(left)).toEqual([left.now]);
	});
});

test('what is unfinished is one sentence for every signal', () => {
	const first = stays(pressed('k').sends(), 6000);
	const two = first.types(down).looksAtIt().types('c').waits(50);
	expect(lastSentences(two.state)).toEqual([
		'4388 still there after 6s, in Client:ClientWrite',
		'4402 may or may not have been signalled',
	]);
});
