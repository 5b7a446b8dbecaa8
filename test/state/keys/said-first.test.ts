import {describe, expect, test} from 'vitest';
import {backend, idleBackend, processOf} from '../../helpers/state/backend.js';
import {down, lookingAt, type Play, play} from '../../helpers/state/play.js';
import {asks} from '../questions.js';

const session = backend(4388);
const other = backend(4402, {age: 1});
const looking = lookingAt(session, {others: [other]});
const denied = (moment: Play) => moment.answers({type: 'denied', reason: 'permission denied'});
const told = denied(looking.types('k').waits(50));
const outcome = '4388 was not signalled: permission denied';

describe('why a key was not obeyed comes before an outcome, for 3 s', () => {
	test.each<[what: string, press: (moment: Play) => Play, says: string]>([
		['a held key', moment => moment.waits(100).types('k'), `k: let it go first; ${outcome}`],
		[
			'a key that came with others, of a pasted word',
			moment => moment.waits(800).types('xk'),
			'k ignored: it came together with other keys, press it again',
		],
	])('%s', (_, press, says) => {
		const pressed = press(told);
		expect(pressed.status()).toBe(says);
		expect(pressed.waits(2999).status()).toBe(says);
	});

	test('with the outcome that comes while it is said', () => {
		const pressed = looking.types('k').waits(100).types('k');
		expect(pressed.status()).toBe("k: let it go first; 4388: waiting for the server's answer");
		const answered = denied(pressed.waits(500));
		expect(answered.status()).toBe(`k: let it go first; ${outcome}`);
		expect(answered.waits(2499).status()).toBe(`k: let it go first; ${outcome}`);
		expect(answered.waits(2500).status()).toBe(outcome);
	});

	test('the 3 s count from the last of them', () => {
		const again = told.waits(100).types('k').waits(600).types('k');
		expect(again.waits(2999).status()).toMatch(/^k: let it go first; /);
		expect(again.waits(3000).status()).toBe(outcome);
	});

	test('without an outcome it stays after that, until a key is pressed', () => {
		const refused = lookingAt(processOf(51, 'checkpointer')).types('k');
		expect(refused.waits(9000).status()).toBe("51 is the checkpointer: SQL can't signal it");
		expect(refused.waits(9000).types('\f').status()).toBe('');
	});

	test('another key takes it away at once', () => {
		const pressed = told.waits(100).types('k').waits(100).types('i');
		expect(pressed.status()).toBe('idle sessions hidden');
	});

	test('a lost connection does not hide it, and is said after it', () => {
		const lost = told.waits(100).types('k').does({type: 'lost', why: 'gone'});
		expect(lost.status()).toMatch(/^k: let it go first; /);
		expect(lost.waits(3000).status()).toMatch(/^lost 3s ago, /);
	});
});

describe('every refusal is said so', () => {
	test.each<[what: string, moment: Play, says: RegExp]>([
		['nothing selected', play().picture([session]).types('k'), /^select a session first/],
		['read-only', lookingAt(session, {isReadOnly: true}).types('k'), /^read-only: /],
		['idle', lookingAt(idleBackend(4403)).types('c'), /^nothing to cancel: 4403 is idle/],
		[
			'a row that no frame has shown highlighted yet',
			looking.types(down).waits(60).types('k'),
			/^4402: k ignored, its row has just come there$/,
		],
		['details that are not read yet', looking.types('\r').waits(60).types('k'), /^nothing is read yet$/],
		[
			'a y too early',
			asks(processOf(60, 'walsender', {state: 'active'})).types('y'),
			/^y ignored: the question was not on the screen long enough/,
		],
	])('%s', (_, moment, says) => {
		expect(moment.status()).toMatch(says);
		expect(moment.state.status.note?.firstUntil).toBe(moment.now + 3000);
	});
});
