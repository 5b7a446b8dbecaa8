import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../../source/domain/session/backend.js';
import {backend, idleBackend, noon, seenOf} from '../../../helpers/state/backend.js';
import {down, lookingAt, type Play} from '../../../helpers/state/play.js';

const session = backend(4388);
const looking = lookingAt(session);
const pressed = (key: 'c' | 'k') => looking.types(key).waits(50);

/** The look that shows the session so, 0.3 s after the key. */
const sees = (key: 'c' | 'k', ...sessions: readonly Backend[]) =>
	pressed(key)
		.sends()
		.until('look')
		.sees(session)
		.until('look')
		.sees(...sessions)
		.status();

describe('what came of c, as it was seen', () => {
	test.each<[what: string, seen: readonly Backend[], says: string]>([
		['idle', [idleBackend(4388)], '4388 query ended 0.3s after c: idle now'],
		[
			'back at a savepoint',
			[backend(4388, {state: 'idle in transaction'})],
			'4388 query ended 0.3s after c: still in its transaction. k ends it',
		],
		[
			'its next transaction, of a client that caught the error',
			[backend(4388, {state: 'idle in transaction', xactStart: noon})],
			'4388 query ended 0.3s after c: it is in its next transaction now',
		],
		[
			'a driver that holds back its Sync',
			[backend(4388, {xactStart: undefined, wait: {type: 'Client', name: 'ClientRead'}})],
			'4388 query ended 0.3s after c: its client has not gone on',
		],
		[
			'a fastpath call of the same transaction',
			[backend(4388, {state: 'fastpath function call'})],
			'4388 query ended 0.3s after c: it runs its next query now',
		],
		[
			'its next query',
			[backend(4388, {queryStart: noon, xactStart: noon})],
			'4388 query ended 0.3s after c: it runs its next query now',
		],
		['the session gone', [], '4388 ended 0.3s after c'],
		['another session with its pid', [backend(4388, {backendStart: noon})], '4388 ended 0.3s after c'],
		[
			'the same query fetched in pieces',
			[backend(4388, {queryStart: noon})],
			'4388 was signalled, not seen to end yet',
		],
		[
			'another query in the same transaction',
			[backend(4388, {queryStart: noon, query: 'COMMIT'})],
			'4388 query ended 0.3s after c: it runs its next query now',
		],
	])('%s', (_, seen, says) => {
		expect(sees('c', ...seen)).toBe(says);
	});
});

describe('what came of k, as it was seen', () => {
	test.each<[what: string, seen: readonly Backend[], says: string]>([
		['gone', [], '4388 ended 0.3s after k'],
		['another session with its pid', [backend(4388, {backendStart: noon})], '4388 ended 0.3s after k'],
		['another role’s with its pid', [backend(4388, {userId: 11})], '4388 ended 0.3s after k'],
		['still there', [session], '4388 was signalled, not seen to end yet'],
		['still there, with its query ended', [idleBackend(4388)], '4388 was signalled, not seen to end yet'],
	])('%s', (_, seen, says) => {
		expect(sees('k', ...seen)).toBe(says);
	});
});

describe('what the answer alone says', () => {
	test.each<[what: string, key: 'c' | 'k', answer: (moment: Play) => Play, says: string]>([
		['no row', 'k', moment => moment.holdsBack(), '4388 had ended already'],
		[
			'another session with its pid',
			'k',
			moment => moment.holdsBack(backend(4388, {backendStart: noon}), ['session', 'work']),
			"4388 had ended already and its pid is another session's now",
		],
		[
			'another query',
			'c',
			moment => moment.holdsBack(backend(4388, {queryStart: noon, xactStart: noon})),
			'4388 runs another query now, not cancelled',
		],
		[
			'no query any more',
			'c',
			moment => moment.holdsBack(idleBackend(4388)),
			'4388 has ended that query, idle now: nothing to cancel',
		],
		[
			'the process went in between',
			'k',
			moment =>
				moment.answers({
					type: 'answered',
					at: noon,
					sent: false,
					held: [],
					seen: {pid: 4388},
					warning: 'PID 4388 is not a PostgreSQL backend process',
				}),
			'4388 was not signalled: PID 4388 is not a PostgreSQL backend process',
		],
		[
			'the process went in between, and the server is told to warn of nothing',
			'k',
			moment => moment.answers({type: 'answered', at: noon, sent: false, held: [], seen: {pid: 4388}}),
			'4388 was not signalled: no such process',
		],
		[
			'denied',
			'k',
			moment => moment.answers({type: 'denied', reason: 'permission denied to terminate process'}),
			'4388 was not signalled: permission denied to terminate process',
		],
		[
			'failed',
			'k',
			moment => moment.answers({type: 'failed', reason: 'out of memory'}),
			'4388 was not signalled: out of memory',
		],
		[
			'not known',
			'k',
			moment => moment.answers({type: 'unknown'}),
			'4388 may or may not have been signalled',
		],
		[
			'too late: the server got it 4.1 s after the key',
			'k',
			moment => moment.at(looking.now + 4100).holdsBack(session, ['time']),
			'4388 was not signalled: the server got it 4.1s after the key',
		],
		[
			'another server behind a pooler',
			'k',
			moment => moment.holdsBack(backend(4388, {backendStart: noon}), ['session', 'server', 'work']),
			'4388 was not signalled: another server answers, or it was restarted',
		],
		[
			'a session that carries pgtop itself, behind a pooler',
			'k',
			moment =>
				moment.answers({type: 'answered', at: noon, isOwn: true, held: ['work'], seen: seenOf(session)}),
			'4388 was not signalled: that session carries pgtop itself now. Press it again',
		],
	])('%s', (_, key, answer, says) => {
		expect(answer(pressed(key)).status()).toBe(says);
	});

	test('without an answer yet it says that it waits', () => {
		expect(pressed('k').status()).toBe("4388: waiting for the server's answer");
	});

	test('when it was sent it does not say more than that', () => {
		expect(pressed('k').sends().status()).toBe('4388 was signalled, not seen to end yet');
	});
});

/** Seen again and again until so many milliseconds after the key. */
function stays(moment: Play, ms: number, seen: Backend = session): Play {
	let watched = moment;
	while (watched.now < looking.now + ms) watched = watched.until('look').sees(seen);
	return watched;
}

describe('a session that is still there after 5 s', () => {
	const reading = backend(4388, {wait: {type: 'IO', name: 'DataFileRead'}});
	const writing = backend(4388, {wait: {type: 'Client', name: 'ClientWrite'}});

	test.each([
		['c', '4388 still running, in IO:DataFileRead. k ends it', reading],
		['c', '4388 still running. k ends it', session],
		['k', '4388 still there after 5s, in Client:ClientWrite', writing],
		['k', '4388 still there after 5s', session],
	] as const)('%s: %s', (key, says, seen) => {
		const sent = pressed(key).sends();
		expect(stays(sent, 4000, seen).status()).toBe('4388 was signalled, not seen to end yet');
		expect(stays(sent, 5000, seen).status()).toBe(says);
	});

	test('is looked at further, and its end is said when it is seen', () => {
		const late = stays(pressed('k').sends(), 7000);
		expect(late.status()).toBe('4388 still there after 7s');
		expect(late.until('look').sees().status()).toBe('4388 ended 8.0s after k');
	});

	test('is not told of again and again once another key was pressed', () => {
		const told = stays(pressed('k').sends(), 5000).waits(60).types('\f');
		expect(stays(told, 8000).status()).toBe('');
	});
});

describe('an outcome stands in the status line', () => {
	const denied = pressed('k').answers({type: 'denied', reason: 'permission denied'});
	const says = '4388 was not signalled: permission denied';

	test('as long as the arrows only move', () => {
		expect(denied.waits(100).types(down).waits(9000).types(down).status()).toBe(says);
	});

	test('until another key is pressed', () => {
		expect(denied.waits(100).types('i').status()).toBe('idle sessions hidden');
		expect(denied.waits(100).types('r').status()).toBe('');
	});

	test('and in the row of a session that has gone', () => {
		const gone = pressed('k').sends().until('look').sees().picture([]);
		expect(gone.rows()).toEqual(['4388 gone']);
		expect(gone.line(4388)).toMatch(/gone .*ended 0\.1s after k/);
	});

	test('a picture without the session alone is no outcome: the look says it', () => {
		const gone = pressed('k').sends().picture([]);
		expect(gone.status()).toBe('4388 was signalled, not seen to end yet');
	});
});
