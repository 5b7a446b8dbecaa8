import {describe, expect, test} from 'vitest';
import {pageOf} from '../../source/state/pages.js';
import {unfinished} from '../../source/state/select.js';
import {backend, idleBackend, processOf, second} from '../helpers/backend.js';
import {down, esc, lookingAt, type Play} from '../helpers/play.js';

const session = backend(4388, {wait: {type: 'Client', name: 'ClientWrite'}});
const other = backend(4402, {age: second});
const looking = lookingAt(session, {others: [other]});
const pressed = (key: 'c' | 'k') => looking.types(key).waits(50);
const lines = ({state}: Play) => pageOf(state)?.lines ?? [];
const said = (moment: Play) =>
	lines(moment.waits(60).types('L'))
		.map(line => line.trim())
		.join(' ');
const layer = ({state}: Play) => state.screen.layer;

/** Seen so again and again, until so long after the key. */
function stays(moment: Play, ms: number): Play {
	const key = moment.state.server.signals.at(-1)?.pressedAt ?? 0;
	let watched = moment;
	while (watched.now < key + ms) watched = watched.until('look').sees(session, other);
	return watched;
}

describe('L', () => {
	test('says that nothing was signalled yet', () => {
		expect(said(looking)).toBe('nothing was signalled yet');
	});

	test('names when, with which key, whom, what came of it and the query', () => {
		const ended = pressed('k').sends().until('look').sees();
		expect(lines(ended.types('L'))).toEqual([
			'12:00:01 k 4388 api@shop checkout: ended 0.1s after k',
			"  UPDATE orders SET status = 'paid' WHERE id = 1",
		]);
	});

	test.each<[what: string, moment: Play, says: readonly string[]]>([
		['no answer yet', pressed('k'), ["waiting for the server's answer"]],
		['sent', pressed('k').sends(), ['was signalled, not seen to end yet']],
		[
			'k, still there',
			stays(pressed('k').sends(), 5000),
			[
				'still there after 5s, in Client:ClientWrite',
				'nothing harder than k in SQL',
				'restarts the whole server',
			],
		],
		[
			'c, still running',
			stays(pressed('c').sends(), 5000),
			['still running, in Client:ClientWrite. k ends it', 'at its next safe point'],
		],
		[
			'denied',
			pressed('k').answers({
				type: 'denied',
				reason: 'permission denied to terminate process',
				missing: 'GRANT pg_signal_backend TO dba',
			}),
			['GRANT pg_signal_backend TO dba', 'permission denied to terminate process'],
		],
		[
			'a savepoint',
			pressed('c')
				.sends()
				.until('look')
				.sees(backend(4388, {state: 'idle in transaction'})),
			['still in its transaction. k ends it', 'savepoint'],
		],
		['changed', pressed('c').holdsBack(idleBackend(4388)), ['nothing to cancel', 'nothing was sent']],
		[
			'too late',
			pressed('k')
				.at(looking.now + 4100)
				.holdsBack(session),
			['the server got it 4.1s after the key', 'after 3s a key must not take effect'],
		],
		[
			'not known',
			pressed('k').answers({type: 'unknown'}),
			['may or may not have been signalled', 'the connection was lost, or no answer came in time'],
		],
	])('explains %s', (_, moment, says) => {
		for (const words of says) expect(said(moment)).toContain(words);
	});

	test('shows the newest first', () => {
		const two = pressed('k').sends().types(down).draws().waits(300).types('k').waits(50).sends();
		expect(said(two).indexOf('k 4402')).toBeLessThan(said(two).indexOf('k 4388'));
	});

	test('is alive: what comes of a signal shows while it is open', () => {
		const open = pressed('k').sends().types('L').until('look').sees();
		expect(lines(open)[0]).toContain('ended 0.1s after k');
	});

	test('scrolls, Esc closes it, and c and k act on the list only', () => {
		let many = looking;
		for (let index = 0; index < 30; index++) many = many.types('k').waits(50).holdsBack().waits(800);
		const open = many.types('L');
		expect(layer(open.types(down))).toEqual({type: 'signals', top: 1});
		expect(layer(open.types(esc).waits(300))).toEqual({type: 'table'});
		const key = open.waits(900).types('k');
		expect(key.status()).toBe('c and k act on the list only: Esc goes back');
		expect(key.waits(60).signals()).toHaveLength(30);
	});
});

describe('q while a signal has no answer', () => {
	const waiting = pressed('k').waits(60).types('q');
	const quits = (moment: Play) => moment.times('quit');

	test('waits for it, and says so', () => {
		expect(quits(waiting)).toEqual([]);
		expect(waiting.waits(10).state.screen.said?.text).toMatch(/^waiting for the server's answer, 3s at most/);
	});

	test('says so on the screen', () => {
		expect(waiting.status()).toMatch(/^waiting for the server's answer, 3s at most: q again/);
	});

	test('for 3 s at most, and then says that nobody knows', () => {
		expect(quits(waiting.waits(2999))).toEqual([]);
		expect(quits(waiting.waits(3000))).toEqual([waiting.now + 3000]);
		expect(unfinished(waiting.waits(3000).state)).toEqual(['4388 may or may not have been signalled']);
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
		expect(unfinished(answered.state)).toEqual(says);
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
	const two = first.types(down).draws().waits(300).types('c').waits(50);
	expect(unfinished(two.state)).toEqual([
		'4388 still there after 6s, in Client:ClientWrite',
		'4402 may or may not have been signalled',
	]);
});

describe('--dry-run', () => {
	const statement = 'select pg_catalog.pg_terminate_backend(pid)';
	const dry = lookingAt(session, {isDryRun: true}).types('k').waits(50);
	const shown = dry.does({type: 'not-sent', number: 1, statement});

	test('shows what would have been sent, and watches nothing', () => {
		expect(dry.signals()).toHaveLength(1);
		expect(shown.status()).toBe(`4388 dry run, not sent: ${statement}`);
		expect(shown.waits(40_000).times('look')).toEqual([]);
		expect(said(shown)).toContain(`dry run, not sent: ${statement}`);
	});

	test('writes no outcome, and leaves nothing unfinished', () => {
		expect(shown.given('record-outcome')).toEqual([]);
		expect(unfinished(shown.state)).toEqual([]);
		expect(shown.waits(60).types('q').times('quit')).toHaveLength(1);
	});

	test('asks as always', () => {
		const sender = processOf(60, 'walsender', {state: 'active'});
		const asks = lookingAt(sender, {isDryRun: true}).types('k').waits(50).reads(sender);
		expect(asks.signals()).toEqual([]);
		expect(asks.question()).toContain('k: end the session of 60?');
	});
});

describe('when the audit file can not be written', () => {
	const failed = pressed('k').does({type: 'unrecorded', number: 1, why: 'ENOSPC: no space left'});
	const asked = failed.reads(session).draws();

	test('it is asked, with the facts read anew', () => {
		expect(failed.given('inspect')).toEqual([{type: 'inspect', pid: 4388, isWhole: false}]);
		expect(asked.question().replace(/\s+/g, ' ')).toContain(
			"the audit file can't be written (ENOSPC: no space left): y sends it all the same",
		);
		expect(asked.signals()).toHaveLength(1);
		expect(asked.state.server.signals).toEqual([]);
	});

	test('y sends it all the same', () => {
		const sent = asked.waits(300).types('y').waits(50);
		expect(sent.given('signal').map(({isUnrecorded}) => isUnrecorded)).toEqual([false, true]);
		expect(sent.sends().until('look').sees().status()).toBe('4388 ended 0.1s after k');
	});

	test('no leaves no signal behind', () => {
		const no = asked.waits(300).types('n').waits(60);
		expect(no.signals()).toHaveLength(1);
		expect(unfinished(no.state)).toEqual([]);
		expect(no.types('q').times('quit')).toHaveLength(1);
	});

	test('of one that is not known nothing is asked', () => {
		const none = pressed('k').holdsBack();
		expect(none.does({type: 'unrecorded', number: 7, why: 'x'}).state).toBe(none.state);
	});

	const sender = processOf(60, 'walsender', {state: 'active'});
	const open = lookingAt(session, {others: [sender]})
		.types('k')
		.waits(50)
		.types(down)
		.draws()
		.waits(300)
		.types('k')
		.waits(50)
		.reads(sender)
		.draws()
		.waits(400);

	test('while another question is open: that one has to be drawn and read anew', () => {
		const nested = open.does({type: 'unrecorded', number: 1, why: 'full'}).reads(session).draws().waits(400);
		const back = nested.types('n').waits(60).types('y').waits(60);
		expect(back.signals()).toHaveLength(1);
	});

	test('a y that waits to be alone sends nothing of a question that is hidden by then', () => {
		const hidden = open.types('y').waits(30).does({type: 'unrecorded', number: 1, why: 'full'});
		const after = hidden.waits(60);
		const {type} = layer(after);
		// Either it was sent, and the question about the audit file is still there, or it was not.
		expect(after.signals().length === 1 || type === 'question').toBe(true);
		const again = after.reads(session).draws().waits(400).types('n').waits(60).draws().waits(400);
		expect(
			again
				.types('y')
				.waits(60)
				.signals()
				.filter(({target}) => target.pid === 60).length,
		).toBeLessThan(2);
	});
});

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

describe('an overdue refresh is broken off for a signal', () => {
	/** Five refreshes that took so long, and one that is under way for `ms` when the key acts. */
	function overdue(took: number, ms: number): boolean | undefined {
		let moment = lookingAt(session).picture([session]);
		for (let index = 0; index < 5; index++) moment = moment.until('sample').waits(took).picture([session]);
		const busy = moment
			.draws()
			.until('sample')
			.waits(ms - 50);
		return busy.types('k').waits(50).given('signal')[0]?.isOverdue;
	}

	test.each([
		[10, 60, false],
		[10, 1000, false],
		[10, 1001, true],
		[300, 1000, false],
		[300, 1001, true],
		[500, 1500, false],
		[500, 1501, true],
		[1000, 3000, false],
		[1000, 3001, true],
	])('refreshes of %d ms, %d ms under way: %s', (took, ms, is) => {
		expect(overdue(took, ms)).toBe(is);
	});

	test('none is when none is under way', () => {
		const quiet = lookingAt(session)
			.picture([session])
			.until('sample')
			.waits(10)
			.picture([session])
			.draws()
			.waits(1500);
		expect(quiet.types('k').waits(50).given('signal')[0]?.isOverdue).toBe(false);
	});
});
