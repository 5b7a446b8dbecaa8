import {describe, expect, test} from 'vitest';
import {manySentence, manyWords} from '../../../../source/domain/signal/many/many-words.js';
import {shortOutcomes} from '../../../../source/domain/signal/many/short-outcome.js';
import type {Outcome} from '../../../../source/domain/signal/outcome.js';
import type {Signalled, SignalPhase} from '../../../../source/domain/signal/signalled.js';
import {type Signal, targetOf} from '../../../../source/domain/signal/target.js';
import type {Freed} from '../../../../source/domain/signal/waiters/freed.js';
import {backend, noon} from '../../../helpers/state/backend.js';

const session = backend(4211);

const asked: SignalPhase = {type: 'asked'};
const sent: SignalPhase = {type: 'watched', since: 0, looks: 0, isUnknown: false, lastSeenAt: 0};
const seen = (outcome: Outcome): SignalPhase => ({type: 'over', sighting: {outcome, seenAt: 100}});
const watched = (outcome: Outcome): SignalPhase => ({...sent, sighting: {outcome, seenAt: 5000}});

function signalled(signal: Signal, phases: readonly SignalPhase[], freedByAll?: Freed): readonly Signalled[] {
	return phases.map((phase, index) => ({
		order: {
			number: index + 1,
			signal,
			target: targetOf(session),
			expiresAt: noon,
			work: 'session',
			asked: [],
		},
		aimed: {backend: session, at: noon},
		pressedAt: 0,
		...(index === 0 && freedByAll && {freedByAll}),
		phase,
	}));
}

const times = (count: number, phase: SignalPhase): readonly SignalPhase[] =>
	Array.from({length: count}, () => phase);

const ended = seen({type: 'ended'});
const denied = seen({type: 'denied', reason: 'no'});
const cancelled = seen({type: 'query ended', now: 'idle'});
const savepoint = seen({type: 'query ended', now: 'in transaction'});
const running = (name: string) => watched({type: 'still there', state: 'active', wait: {type: 'IO', name}});

describe('several signals are told as one', () => {
	test.each<[says: string, signal: Signal, phases: readonly SignalPhase[], freed?: Freed]>([
		['3 signals: 2 ended, 1 denied - L', 'terminate', [denied, ended, ended]],
		['3 signals: 3 ended, 4 went on - L', 'terminate', times(3, ended), {wentOn: 4, stillWait: 0}],
		[
			'3 signals: 3 ended, 4 went on, 1 waits for 4390 now - L',
			'terminate',
			times(3, ended),
			{wentOn: 4, stillWait: 1, waitFor: 4390},
		],
		[
			'2 signals: 2 ended, nobody went on, 3 wait behind 4390 now - L',
			'terminate',
			times(2, ended),
			{wentOn: 0, stillWait: 3, waitFor: 4390, isBehind: true},
		],
		[
			'2 signals: 2 ended, 1 went on, 2 still wait - L',
			'terminate',
			times(2, ended),
			{wentOn: 1, stillWait: 2},
		],
		['500 signals: 480 ended, 20 to be seen - L', 'terminate', [...times(480, ended), ...times(20, sent)]],
		['3 signals: 3 waiting for the answer - L', 'terminate', times(3, asked)],
		[
			'3 signals: 2 cancelled, 1 still running in IO:DataFileRead: k ends it - L',
			'cancel',
			[cancelled, running('DataFileRead'), cancelled],
		],
		[
			'3 signals: 1 cancelled, 2 still running: k ends them - L',
			'cancel',
			[cancelled, running('DataFileRead'), running('DataFileWrite')],
		],
		[
			'3 signals: 1 still in transaction, 2 still running: k ends them - L',
			'cancel',
			[savepoint, running('WALWrite'), running('WALWrite')],
		],
		['2 signals: 1 cancelled, 1 still in transaction: k ends it - L', 'cancel', [savepoint, cancelled]],
		[
			'2 signals: 2 still there in Client:ClientWrite - L',
			'terminate',
			times(2, watched({type: 'still there', wait: {type: 'Client', name: 'ClientWrite'}})),
		],
		[
			'20 signals: 5 ended, 5 had ended already, 5 went into SyncRep, 5 denied - L',
			'terminate',
			[
				...times(5, ended),
				...times(5, seen({type: 'had ended already', isPidReused: false})),
				...times(5, seen({type: 'held back', reasons: ['standby']})),
				...times(5, denied),
			],
		],
		['2 signals: 2 not sent - L', 'terminate', times(2, seen({type: 'not sent', who: '', statement: ''}))],
	])('%s', (says, signal, phases, freed) => {
		expect(manySentence(signalled(signal, phases, freed))).toBe(says);
	});

	test('where there is no room for all, first the waits and names fall away, and then what comes last is one number', () => {
		const waits = {wentOn: 100, stillWait: 100, waitFor: 4_194_304, isBehind: true} as const;
		expect(manySentence(signalled('terminate', [...times(1900, ended), ...times(100, denied)], waits))).toBe(
			'2000 signals: 1900 ended, 100 denied, 100 went on - L',
		);
		const many = signalled('cancel', [
			...times(1000, cancelled),
			...times(200, seen({type: 'had ended already', isPidReused: false})),
			...times(300, running('DataFileRead')),
			...times(200, denied),
			...times(300, seen({type: 'too late', seconds: 4})),
		]);
		expect(manySentence(many)).toBe('2000 signals: 1000 cancelled, 200 had ended already, 800 others - L');
		expect(manyWords(many)).toBe(
			'1000 cancelled, 200 had ended already, 300 still running in IO:DataFileRead: k ends them, 300 too late, 200 denied',
		);
	});

	test('whatever came of them, the sentence fits', () => {
		const outcomes: readonly Outcome[] = [
			{type: 'ended', isLate: true},
			{type: 'query ended', now: 'idle', isLate: true},
			{type: 'stopped waiting', done: 'committed'},
			{type: 'ended by k'},
			{type: 'changed', what: 'query', seen: {pid: 1}, at: 0},
			{type: 'held back', reasons: ['index']},
			{type: 'failed', reason: ''},
			{type: 'no such process', warning: ''},
			{type: 'still there'},
			{type: 'still there', state: 'active', isWithClient: true},
			{type: 'still there', state: 'active', isAnew: true},
			{type: 'not known'},
			{type: 'other server', isSure: true},
			{type: 'crash'},
			{type: 'not seen'},
			{type: 'not sent', who: '', statement: '', missing: 'all'},
		];
		const phases = [...outcomes.map(seen), ended, cancelled, savepoint, running('x'), denied, asked, sent];
		for (const signal of ['cancel', 'terminate'] as const)
			for (let from = 0; from < phases.length; from++)
				for (let count = 2; count <= phases.length - from; count++) {
					const some = phases.slice(from, from + count).flatMap(phase => times(80, phase));
					expect(manySentence(signalled(signal, some)).length).toBeLessThanOrEqual(78);
				}
	});

	test('every short word is one of its own', () => {
		expect(new Set(shortOutcomes).size).toBe(shortOutcomes.length);
	});
});
