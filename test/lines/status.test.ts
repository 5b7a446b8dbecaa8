import {describe, expect, test} from 'vitest';
import {outcomeOfAnswer} from '../../source/domain/signal/outcome.js';
import {
	backend,
	day,
	hour,
	idleBackend,
	invisible,
	minute,
	noon,
	processOf,
	seenOf,
} from '../helpers/state/backend.js';
import {down, lookingAt, type Play, play} from '../helpers/state/play.js';

describe('the status line says the first of', () => {
	const others = Array.from({length: 30}, (_, index) => backend(5000 + index, {age: hour}));
	const quiet = lookingAt(backend(4388, {age: 2 * hour}), {others});
	const moved = quiet.waits(3000).picture([...others, backend(4388, {age: 1})]);
	const held = moved.types('p').waits(1000);
	const said = held.types('j');
	const told = held.types(down).draws().waits(300).types('k').waits(50).holdsBack();
	const lost = told.does({type: 'lost', why: 'the server closed the connection'}).waits(2000);

	test.each([
		['a lost connection', lost, /^lost 2s ago, trying now: /],
		['the last outcome', told, /^4388 had ended already$/],
		['the last outcome, also after an arrow', told.types(down), /^4388 had ended already$/],
		['what the last key did', said, /^k ends a session here; the arrows move; held, 1s old: p goes on$/],
		['how old a held picture is', held, /^held, 1s old: p goes on$/],
		['the line of the selected row', moved, /^4388 is in line 31 now: an arrow goes there$/],
		[
			'the new sessions',
			quiet.types(down).picture([...others, backend(4388), backend(1)]),
			/^1 new session$/,
		],
		['nothing', quiet, /^$/],
	])('%s', (_, moment, says) => {
		expect(moment.status()).toMatch(says);
	});

	test('what a key said, the next key takes away', () => {
		expect(said.types(down).status()).toBe('held, 1s old: p goes on');
		expect(said.types('r').status()).toBe('held, 1s old: p goes on');
	});

	test('a lost connection hides nothing for good', () => {
		const back = lost.does({type: 'linked'});
		expect(back.status()).toBe('4388 had ended already');
	});
});

/** The longest that a pid, an age or a wait event of PostgreSQL can be. */
const pid = 4_194_304;
const wait = {type: 'IPC', name: 'ReplicationSlotDrop'};

/** At 80 columns nothing of a sentence may be cut, least of all its end: that says what to do. */
describe('a sentence fits 78 columns', () => {
	const asked = lookingAt(invisible(pid)).types('k').waits(50).reads(invisible(pid));
	const fits = (moment: Play) => expect(moment.status()).toSatisfy((text: string) => text.length <= 78);
	const long = 99 * day + 23 * hour;

	test.each([
		[
			'a key with nothing selected',
			play()
				.picture([backend(pid)])
				.types('k'),
		],
		['a key that is read-only', lookingAt(backend(pid), {isReadOnly: true}).types('k')],
		['a key that came with others', lookingAt(backend(pid)).types('xk')],
		['a key that came after half a sequence', lookingAt(backend(pid)).types('\u001BO').waits(300).types('k')],
		[
			'a row that was not looked at',
			play()
				.picture([backend(pid)])
				.types(down)
				.waits(60)
				.types('k'),
		],
		['idle in transaction', lookingAt(backend(pid, {state: 'idle in transaction', age: long})).types('c')],
		[
			'idle in an aborted transaction',
			lookingAt(backend(pid, {state: 'idle in transaction (aborted)', xactStart: noon - long})).types('c'),
		],
		['an idle session', lookingAt(idleBackend(pid)).types('c')],
		['a starting session', lookingAt(backend(pid, {state: 'starting'})).types('c')],
		['an unsignallable process', lookingAt(processOf(pid, 'background writer')).types('k')],
		[
			'a parallel worker',
			lookingAt(processOf(pid, 'parallel worker', {leaderPid: pid + 1, state: 'active'})).types('k'),
		],
		['no', asked.types('k')],
		['a y too soon', asked.draws().types('y')],
		['a y with others', asked.draws().waits(600).types('yy')],
		['no answer', asked.waits(30_000)],
		['a question, and the session ended', asked.until('facts').reads()],
		['a question, and its connection lost', asked.does({type: 'lost', why: 'gone'}).does({type: 'linked'})],
		['another session', lookingAt(invisible(pid)).types('k').waits(50).reads()],
		['a y without an answer', asked.draws().waits(500).types('y').waits(60).types('x')],
		['a y after it closed', asked.until('facts').reads().waits(60).types('y')],
		['a question that is read', lookingAt(invisible(pid)).types('k').waits(50)],
		['a key held down', lookingAt(backend(pid), {isDryRun: true}).types('k').waits(300).types('k')],
		['q while it waits', lookingAt(backend(pid)).types('k').waits(50).types('q')],
		['details that are gone', lookingAt(backend(pid)).picture([]).types('\r')],
		['details without a selection', play().picture([]).types('\r')],
		['details of nothing yet', lookingAt(backend(pid)).types('\r').types('k')],
	])('%s', (_, moment) => {
		expect(moment.status()).not.toBe('');
		fits(moment);
	});

	const clientRead = {type: 'Client', name: 'ClientRead'};
	const sent = (key: string) => lookingAt(backend(pid)).types(key).waits(50);
	test.each([
		['waiting for an answer', sent('k')],
		['sent', sent('k').sends()],
		['gone already', sent('k').holdsBack()],
		['gone, and its pid taken', sent('k').holdsBack(backend(pid, {backendStart: 1}), ['session'])],
		['not known', sent('k').answers({type: 'unknown'})],
		['not known, seen since', sent('k').answers({type: 'unknown'}).until('look').sees(backend(pid))],
		['not known, its query ended', sent('c').answers({type: 'unknown'}).until('look').sees(idleBackend(pid))],
		[
			'another transaction, in a fastpath call',
			sent('k').holdsBack(backend(pid, {state: 'fastpath function call', xactStart: noon - 59 * minute})),
		],
		['held back: the standby', sent('k').holdsBack(backend(pid), ['standby'])],
		['held back: an index', sent('c').holdsBack(backend(pid), ['index'])],
		['held back: a statement', sent('c').holdsBack(backend(pid), ['statement'])],
		['another server', sent('k').holdsBack(backend(pid), ['server'])],
		['another server, after it was sent', sent('k').sends().until('look').seesOn({startedAt: 1})],
		['gone when looked at', sent('k').sends().stalls(33_000).does({type: 'wake'}).sees()],
		[
			'a portal',
			sent('c')
				.sends()
				.stalls(29_000)
				.does({type: 'wake'})
				.sees(backend(pid, {wait: clientRead})),
		],
		[
			'a driver without Sync',
			sent('c')
				.sends()
				.waits(100)
				.sees(backend(pid, {wait: clientRead, xactStart: undefined})),
		],
		['too late', sent('k').waits(9000).holdsBack(backend(pid), ['time'])],
		['another query', sent('c').holdsBack(backend(pid, {queryStart: 1, xactStart: 1}))],
		['idle since', sent('c').holdsBack(backend(pid, {state: 'idle in transaction', xactStart: 1}))],
		['another transaction', sent('k').holdsBack(backend(pid, {xactStart: noon}))],
		[
			'another transaction, idle',
			sent('k').holdsBack(backend(pid, {state: 'idle in transaction', xactStart: noon})),
		],
		[
			'another transaction, aborted',
			sent('k').holdsBack(backend(pid, {state: 'idle in transaction (aborted)'})),
		],
		[
			'cancelled, in its transaction',
			sent('c')
				.sends()
				.waits(100)
				.sees(backend(pid, {state: 'idle in transaction'})),
		],
		[
			'cancelled, aborted',
			sent('c')
				.sends()
				.waits(100)
				.sees(backend(pid, {state: 'idle in transaction (aborted)'})),
		],
		['still there', sent('k').sends().stalls(29_000).does({type: 'wake'}).sees(backend(pid, {wait}))],
		['still running', sent('c').sends().stalls(29_000).does({type: 'wake'}).sees(backend(pid, {wait}))],
	])('%s', (_, moment) => {
		expect(moment.status()).toContain(String(pid));
		fits(moment);
	});

	test('no outcome is left without words', () => {
		const [order] = sent('k').signals();
		if (!order) throw new Error('nothing was sent');
		const seen = seenOf(backend(pid));
		expect(outcomeOfAnswer(order, {type: 'answered', at: noon, seen, sent: true, held: []})).toBeUndefined();
	});
});
