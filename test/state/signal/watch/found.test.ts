import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../../source/domain/session/backend.js';
import {backend, noon, second, seenOf} from '../../../helpers/state/backend.js';
import {lookingAt, type Play} from '../../../helpers/state/play.js';

const text = 'call many_commits()';
const waiting = backend(4401, {query: text, wait: {type: 'IPC', name: 'SyncRep'}});

const sent = (moment: Play, found: Backend) =>
	moment.answers({type: 'answered', at: noon, sent: true, held: [], seen: seenOf(found)}).until('look');

/** A c that was asked about and sent while the session waited for the standby. */
const givenUp = () => {
	const asked = lookingAt(waiting)
		.presses('c')
		.reads(waiting, {reasons: ['standby']})
		.draws();
	return sent(asked.waits(500).presses('y'), waiting);
};

describe('a wait for the standby that was given up is told as over', () => {
	test('although its query goes on', () => {
		const working = backend(4401, {query: text, wait: {type: 'Timeout', name: 'PgSleep'}});
		expect(givenUp().sees(working).status()).toMatch(
			/^4401 stopped waiting for the standby \S+ after c: committed here$/,
		);
	});

	test('although the next commit of the same query waits again', () => {
		const next = {...waiting, xactStart: noon + second};
		expect(givenUp().sees(next).status()).toMatch(/^4401 stopped waiting for the standby/);
	});

	test('and not before: the same commit still waits', () => {
		const still = givenUp().sees(waiting);
		expect(still.status()).toBe('4401 was signalled, not seen to end yet');
		expect(still.waits(6000).sees(waiting).status()).toMatch(/^4401 still running\b.*IPC:SyncRep/);
	});
});

describe('the same text in the same transaction, begun after the signal,', () => {
	const session = backend(4388);
	const anew = {...session, queryStart: noon + second};
	const seen = sent(lookingAt(session).presses('c'), session).waits(6000);

	test('is not called the query that was cancelled', () => {
		const told = seen.sees(anew);
		expect(told.status()).toBe('4388 runs the same text again. k ends it');
		expect(told.presses('L').page()).toContain('cannot be seen');
	});

	test('and what was not begun anew is still running', () => {
		expect(seen.sees(session).status()).toMatch(/^4388 still running/);
	});
});

test.each([
	['\u001Bk', 'k ignored: Alt came with it, press it again'],
	['\u001Bc', 'c ignored: Alt came with it, press it again'],
	['\u000B', 'k ignored: Ctrl came with it, press it again'],
])('%j is no key, and that is said', (bytes, said) => {
	const typed = lookingAt(backend(4388)).types(bytes).waits(300);
	expect(typed.status()).toBe(said);
	expect(typed.signals()).toEqual([]);
});
