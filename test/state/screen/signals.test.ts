import {describe, expect, test} from 'vitest';
import {pageOf} from '../../../source/state/screen/page.js';
import {backend, idleBackend, second} from '../../helpers/state/backend.js';
import {down, esc, lookingAt, type Play} from '../../helpers/state/play.js';
import {layer} from '../questions.js';

const session = backend(4388, {wait: {type: 'Client', name: 'ClientWrite'}});
const other = backend(4402, {age: second});
const looking = lookingAt(session, {others: [other]});
const pressed = (key: 'c' | 'k') => looking.types(key).waits(50);
const lines = ({state}: Play) => (pageOf(state)?.lines ?? []).map(String);
const said = (moment: Play) =>
	lines(moment.waits(60).types('L'))
		.map(line => line.trim())
		.join(' ');

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
			'12:00:01 k 4388 api@shop checkout, active 4m12s: ended 0.1s after k',
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
			'what was held back',
			pressed('k').holdsBack(session, ['standby']).reads(idleBackend(4388)),
			['was not signalled: it waits for the standby by now', 'asked about first; nothing was sent'],
		],
		[
			'a driver that holds back its Sync',
			pressed('c')
				.sends()
				.until('look')
				.sees(backend(4388, {xactStart: undefined, wait: {type: 'Client', name: 'ClientRead'}})),
			['its client has not gone on', 'the driver holds back its Sync'],
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
				.holdsBack(session, ['time']),
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
		const two = pressed('k').sends().types(down).looksAtIt().types('k').waits(50).sends();
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
