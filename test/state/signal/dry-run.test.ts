import {describe, expect, test} from 'vitest';
import type {Rights} from '../../../source/domain/session/rights.js';
import {lastSentences} from '../../../source/state/signal/sentences.js';
import {
	allRights,
	backend,
	idleBackend,
	noon,
	noRights,
	processOf,
	seenOf,
} from '../../helpers/state/backend.js';
import {lookingAt, type Play} from '../../helpers/state/play.js';
import {isOpen, words} from '../questions.js';

const session = backend(4388);
const statement = 'select pg_catalog.pg_terminate_backend(pid)';
const dry = (key: 'c' | 'k') => lookingAt(session, {isDryRun: true}).types(key).waits(50);

/** The guard was asked, and held; nothing was sent. */
const would = (moment: Play) =>
	moment.answers({
		type: 'answered',
		at: noon,
		sent: true,
		held: [],
		seen: seenOf(session),
		unsent: statement,
	});

describe('--dry-run asks the guard, and says what would have been done', () => {
	test.each([
		['k', 'would end 4388 api@shop, nothing was sent'],
		['c', 'would cancel the query of 4388 api@shop, nothing was sent'],
	] as const)('%s: %s', (key, says) => {
		const shown = would(dry(key));
		expect(shown.signals()).toHaveLength(1);
		expect(shown.status()).toBe(says);
		expect(shown.waits(60).types('L').page().replace(/\s+/g, ' ')).toContain(says);
	});

	test('the statement stands under L, whole, and not in the status line', () => {
		const shown = would(dry('k'));
		expect(shown.status()).not.toContain('select');
		expect(shown.waits(60).types('L').page()).toContain(`  ${statement}`);
	});

	test('watches nothing, writes no outcome, leaves nothing unfinished', () => {
		const shown = would(dry('k'));
		expect(shown.waits(40_000).times('look')).toEqual([]);
		expect(shown.waits(40_000).picture([]).status()).not.toContain('ended');
		expect(shown.given('record-outcome')).toEqual([]);
		expect(lastSentences(shown.state)).toEqual([]);
		expect(shown.waits(60).types('q').times('quit')).toHaveLength(1);
	});

	test.each<[what: string, answer: (moment: Play) => Play, says: string]>([
		['the session has gone', moment => moment.holdsBack(), '4388 had ended already'],
		[
			'it is at something else',
			moment => moment.holdsBack(idleBackend(4388)),
			'4388 has ended that transaction, now idle. k again ends the session',
		],
		[
			'it came too late',
			moment => moment.waits(4050).holdsBack(session, ['time']),
			'4388 was not signalled: the server got it 4.1s after the key',
		],
	])('says what the guard found: %s', (_, answer, says) => {
		expect(answer(dry('k')).status()).toBe(says);
	});

	test('opens the question that is due', () => {
		const opened = dry('k')
			.holdsBack(session, ['standby'])
			.reads(session, {reasons: ['standby']});
		expect(words(opened)).toContain('committed here');
	});

	test('asks as always', () => {
		const sender = processOf(60, 'walsender', {state: 'active'});
		const asks = lookingAt(sender, {isDryRun: true}).types('k').waits(50).reads(sender);
		expect(asks.signals()).toEqual([]);
		expect(isOpen(asks)).toBe(true);
	});

	test('a process is named by what it is', () => {
		const sender = processOf(60, 'walsender', {state: 'active'});
		const asks = lookingAt(sender, {isDryRun: true}).types('k').waits(50).reads(sender).draws();
		const shown = would(asks.waits(500).types('y').waits(50));
		expect(shown.status()).toBe('would end 60 walsender@-, nothing was sent');
	});
});

describe('the dry statement calls no function that may be denied, so what this role lacks is told besides', () => {
	const cancels = 'pg_catalog.pg_cancel_backend(integer)';
	const signalling: Rights = {...noRights, signalsAll: true};
	test.each<[what: string, rights: Rights, key: 'c' | 'k', says: string]>([
		[
			'no right to it',
			noRights,
			'k',
			'4388 api@shop would be refused: needs GRANT pg_signal_backend TO "plain"; nothing was sent',
		],
		[
			'EXECUTE revoked for this key',
			{...signalling, revoked: {cancel: [cancels]}},
			'c',
			`4388 api@shop would be refused: needs GRANT EXECUTE ON FUNCTION ${cancels} TO "plain"; nothing was sent`,
		],
		[
			'EXECUTE revoked for the other one',
			{...signalling, revoked: {cancel: [cancels]}},
			'k',
			'would end 4388 api@shop, nothing was sent',
		],
		['every right', allRights, 'k', 'would end 4388 api@shop, nothing was sent'],
	])('%s', (_, rights, key, says) => {
		const pressed = lookingAt(session, {isDryRun: true}).has(rights).types(key).waits(50);
		expect(would(pressed).status()).toBe(says);
	});
});
