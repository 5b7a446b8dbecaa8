import {describe, expect, test} from 'vitest';
import type {GuardedReason} from '../../../../source/domain/signal/verdict/reason.js';
import {backend, idleBackend} from '../../../helpers/state/backend.js';
import {down, lookingAt, type Play} from '../../../helpers/state/play.js';
import {asks, commit, isOpen, layer, reread, sender, words} from '../../questions.js';

const session = backend(4401);
const committing = backend(4401, commit);
const y = (moment: Play) => moment.types('y').waits(50);

const pressed = (key: 'c' | 'k') => lookingAt(session).types(key).waits(50);

/** The key was pressed on an ordinary session, which waits for its standby by now. */
const heldBack = (key: 'c' | 'k', reason: GuardedReason = 'standby') =>
	pressed(key).holdsBack(committing, [reason]);

describe.each(['c', 'k'] as const)('%s that was held back by a reason to ask', key => {
	test.each<[reason: GuardedReason, read: typeof session, says: string]>([
		['standby', committing, 'its transaction is committed here'],
		['index', backend(4401, {query: 'REINDEX TABLE CONCURRENTLY t'}), 'it works CONCURRENTLY'],
		['statement', backend(4401, {query: "COMMIT PREPARED 'a'"}), 'it ends a prepared transaction'],
		['comment', session, 'its command stands behind a comment longer than the server keeps'],
	])('%s: nothing was sent, and the question is opened by itself', (reason, read, says) => {
		const opened = heldBack(key, reason);
		expect(opened.signals()).toHaveLength(1);
		expect(opened.given('facts')).toEqual([{type: 'facts', pids: [4401]}]);
		expect(opened.state.server.signals).toMatchObject([
			{phase: {sighting: {outcome: {type: 'held back', reasons: [reason]}}}},
		]);
		const open = opened.reads(read, {reasons: [reason]});
		expect(words(open)).toContain(says);
		expect(open.signals()).toHaveLength(1);
	});

	test('y counts after it was on the screen for 1.5 s: nobody had pressed a key for it', () => {
		const open = heldBack(key)
			.reads(committing, {reasons: ['standby']})
			.draws();
		expect(y(open.waits(500)).signals()).toHaveLength(1);
		expect(y(open.waits(1499)).signals()).toHaveLength(1);
		expect(y(open.waits(1500)).signals()).toHaveLength(2);
		expect(y(open.waits(1500)).signals()[1]).toMatchObject({asked: ['standby']});
	});

	test('and the 1.5 s count anew when it has changed', () => {
		const open = heldBack(key)
			.reads(committing, {reasons: ['standby']})
			.draws();
		const more = reread(open, committing, {reasons: ['standby', 'comment']});
		expect(y(more.waits(1499)).signals()).toHaveLength(1);
		expect(y(more.waits(1500)).signals()[1]).toMatchObject({asked: ['standby', 'comment']});
	});

	test('what has come is written down, and explained', () => {
		const opened = heldBack(key);
		expect(opened.given('record-outcome')).toMatchObject([
			{facts: {outcome: 'held back', sentence: 'was not signalled: it waits for the standby by now'}},
		]);
		const closed = opened
			.reads(committing, {reasons: ['standby']})
			.draws()
			.waits(60)
			.types('n')
			.waits(60);
		expect(closed.types('L').page().replace(/\s+/g, ' ')).toContain('asked about first; nothing was sent');
	});

	test('when the reason is over by then there is nothing to ask', () => {
		const over = heldBack(key).reads(session);
		expect(isOpen(over)).toBe(false);
		expect(over.status()).toBe('4401 does something else by now: nothing was sent, press it again');
	});
});

test('c of what has ended by then is refused as always', () => {
	const ended = heldBack('c').reads(idleBackend(4401));
	expect(isOpen(ended)).toBe(false);
	expect(ended.status()).toBe('nothing to cancel: 4401 is idle. k ends the session');
});

test('a session that is at something else is told as that, and no question is opened', () => {
	const changed = pressed('c').holdsBack(idleBackend(4401), ['work', 'standby']);
	expect(isOpen(changed)).toBe(false);
	expect(changed.given('facts')).toEqual([]);
	expect(changed.status()).toBe('4401 has ended that query, idle now: nothing to cancel');
});

test('a y to a question to which a reason has come opens it anew, with that', () => {
	const sent = y(asks(session, 'k', {confirm: 'always'}).waits(500));
	const opened = sent.holdsBack(committing, ['standby']);
	expect(layer(opened)).toMatchObject({type: 'question', readFor: 1500});
	const open = opened.reads(committing, {reasons: ['standby']}).draws();
	expect(words(open)).toContain('committed here');
	expect(y(open.waits(1499)).signals()).toHaveLength(1);
	expect(y(open.waits(1500)).signals()[1]).toMatchObject({asked: ['standby']});
});

test('what lies with us is asked again with it: the details are open', () => {
	const details = lookingAt(session).types('\r').reads(session, {text: 'x'}).waits(500);
	const sent = y(details.types('k').waits(50).reads(session).draws().waits(500));
	const open = sent
		.holdsBack(committing, ['standby'])
		.reads(committing, {reasons: ['standby']})
		.draws();
	expect(words(open)).toContain('the details are open');
	const back = open.types('n').waits(60);
	expect(layer(back).type).toBe('details');
});

test('the question takes the place of one about another session', () => {
	const sent = lookingAt(session, {others: [sender]})
		.types('k')
		.waits(50);
	const open = sent.types(down).looksAtIt();
	const other = open.types('k').waits(50).reads(sender).draws();
	expect(words(other)).toContain('end process 60');
	const opened = other.holdsBack(committing, ['standby']);
	expect(opened.status()).toBe('reading 4401 ...');
	expect(words(opened.reads(committing, {reasons: ['standby']}))).toContain('committed here');
});
