import {expect, test} from 'vitest';
import {changedWords} from '../../source/domain/signal/change-words.js';
import type {Seen} from '../../source/domain/signal/look.js';
import {shortOutcomes} from '../../source/domain/signal/many/short-outcome.js';
import type {Change, Outcome} from '../../source/domain/signal/outcome.js';
import type {Signal} from '../../source/domain/signal/target.js';
import {heldBackBy} from '../../source/domain/signal/verdict/reason.js';
import {outcomeSentence} from '../../source/domain/signal/words.js';
import {readPaper} from './papers.js';

const at = 1e15;
const active: Seen = {pid: 4388, state: 'active', xactStart: at - 300_000};
const idle: Seen = {pid: 4388, state: 'idle'};
const needed = 'needs GRANT pg_signal_backend TO "watcher"';
const simulated = {who: '4388 app@shop', statement: 'select g.*, …'};
const reason = 'must be a superuser to terminate superuser process';

const outcomes: readonly (readonly [Outcome, Signal, number?])[] = [
	[{type: 'ended'}, 'terminate'],
	[{type: 'ended', isLate: true}, 'terminate', 33],
	[{type: 'ended', freed: {wentOn: 3, stillWait: 0}}, 'terminate'],
	[{type: 'ended', freed: {wentOn: 1, stillWait: 3, waitFor: 4388}}, 'terminate'],
	[{type: 'ended', freed: {wentOn: 1, stillWait: 3, waitFor: 4388, isBehind: true}}, 'terminate'],
	[{type: 'ended', freed: {wentOn: 0, stillWait: 4, waitFor: 4390}}, 'terminate'],
	[{type: 'ended', freed: {wentOn: 2, stillWait: 0, gone: 1}}, 'terminate'],
	[{type: 'ended', freed: {wentOn: 1, stillWait: 3}}, 'terminate'],
	[{type: 'query ended', now: 'idle', freed: {wentOn: 2, stillWait: 1, waitFor: 4388}}, 'cancel'],
	[{type: 'query ended', now: 'aborted', freed: {wentOn: 3, stillWait: 0}}, 'cancel'],
	[
		{
			type: 'query ended',
			now: 'aborted',
			locks: {held: 0, advisory: 1},
			freed: {wentOn: 2, stillWait: 1, waitFor: 4211},
		},
		'cancel',
	],
	[
		{type: 'query ended', now: 'in transaction', freed: {wentOn: 0, stillWait: 5, waitFor: 4211, blocks: 5}},
		'cancel',
	],
	[{type: 'query ended', now: 'in transaction', freed: {wentOn: 3, stillWait: 0}}, 'cancel'],
	[{type: 'query ended', now: 'next transaction', freed: {wentOn: 3, stillWait: 0}}, 'cancel'],
	[{type: 'query ended', now: 'idle'}, 'cancel'],
	[{type: 'query ended', now: 'idle', isLate: true}, 'cancel', 33],
	[{type: 'query ended', now: 'aborted'}, 'cancel'],
	[{type: 'query ended', now: 'aborted', locks: {held: 0, advisory: 0}}, 'cancel'],
	[{type: 'query ended', now: 'aborted', locks: {held: 0, advisory: 1}}, 'cancel'],
	[{type: 'query ended', now: 'aborted', locks: {held: 2, advisory: 0}}, 'cancel'],
	[{type: 'query ended', now: 'in transaction'}, 'cancel'],
	[{type: 'query ended', now: 'next query'}, 'cancel'],
	[{type: 'query ended', now: 'client waits'}, 'cancel'],
	[{type: 'query ended', now: 'other'}, 'cancel'],
	[{type: 'stopped waiting', done: 'committed'}, 'cancel'],
	[{type: 'stopped waiting', done: 'committed', isLate: true}, 'cancel', 33],
	[{type: 'ended by k'}, 'cancel', 8.3],
	[{type: 'still there', state: 'active', isWithClient: true}, 'cancel', 5],
	[{type: 'still there', wait: {type: 'IO', name: 'DataFileRead'}, state: 'active'}, 'cancel', 5],
	[{type: 'still there', wait: {type: 'Client', name: 'ClientWrite'}}, 'terminate', 5],
	[{type: 'still there'}, 'cancel', 5],
	[{type: 'had ended already', isPidReused: false}, 'terminate'],
	[{type: 'had ended already', isPidReused: true}, 'terminate'],
	[{type: 'changed', what: 'query', seen: active, at}, 'cancel'],
	[{type: 'changed', what: 'idle', seen: idle, at}, 'cancel'],
	[{type: 'changed', what: 'query', seen: active, at, isRepeated: true}, 'cancel'],
	[{type: 'changed', what: 'transaction', seen: active, at}, 'terminate'],
	[{type: 'changed', what: 'transaction begun', seen: active, at}, 'terminate'],
	[{type: 'changed', what: 'statement', seen: idle, at}, 'terminate'],
	[{type: 'changed', what: 'transaction', seen: active, at, isAsked: true}, 'terminate'],
	[{type: 'held back', reasons: ['standby']}, 'terminate'],
	[{type: 'failed', reason: 'another server answers, or it was restarted'}, 'terminate'],
	[{type: 'too late', seconds: 4.2}, 'terminate'],
	[{type: 'query ended', now: 'next transaction'}, 'cancel'],
	[{type: 'denied', reason, missing: needed}, 'terminate'],
	[{type: 'denied', reason, missing: 'superuser only: nobody here can'}, 'terminate'],
	[{type: 'denied', reason}, 'terminate'],
	[{type: 'failed', reason: 'pg_authid (rights) is locked by 1529'}, 'terminate'],
	[{type: 'failed', reason: 'out of memory'}, 'terminate'],
	[{type: 'no such process', warning: 'PID 4388 is not a PostgreSQL backend process'}, 'terminate'],
	[{type: 'not known'}, 'terminate'],
	[{type: 'not known', since: 'gone'}, 'terminate'],
	[{type: 'not known', since: 'query ended'}, 'cancel'],
	[{type: 'not known', since: 'there'}, 'terminate'],
	[{type: 'other server', isSure: true}, 'terminate'],
	[
		{type: 'still there', wait: {type: 'Timeout', name: 'PgSleep'}, state: 'active', isAnew: true},
		'cancel',
		5,
	],
	[{type: 'still there', wait: {type: 'IO', name: 'DataFileRead'}, state: 'active'}, 'cancel', 8.3],
	[{type: 'other server', isSure: false}, 'terminate'],
	[{type: 'crash'}, 'terminate'],
	[{type: 'not seen'}, 'terminate'],
	[{type: 'not sent', ...simulated}, 'terminate'],
	[{type: 'not sent', ...simulated, missing: needed}, 'terminate'],
];

const signals = await readPaper('media/manual/signals.md');

test('the manual says for every outcome of c and k what the program says', () => {
	const unsaid = outcomes
		.map(([outcome, signal, seconds = 0.1]) => outcomeSentence(outcome, signal, seconds))
		.filter(sentence => !signals.includes(`\`${sentence}\``));
	expect(unsaid).toEqual([]);
});

test('the manual names each word by which several outcomes are counted', () => {
	expect(shortOutcomes.filter(short => !signals.includes(`\`${short}\``))).toEqual([]);
});

/** Typed, so that the compiler asks for new ones. */
const kinds: Readonly<Record<Outcome['type'], true>> = {
	ended: true,
	'query ended': true,
	'stopped waiting': true,
	'ended by k': true,
	'had ended already': true,
	changed: true,
	'held back': true,
	'too late': true,
	denied: true,
	failed: true,
	'no such process': true,
	'still there': true,
	'not known': true,
	'other server': true,
	crash: true,
	'not seen': true,
	'not sent': true,
};

test('the page on the audit file names every kind of outcome, and no other', async () => {
	const [, row = ''] = /^\| `outcome` \| (.*) \|$/m.exec(await readPaper('media/manual/audit.md')) ?? [];
	const named = [...row.matchAll(/`([^`]+)`/g)].map(([, kind]) => kind);
	expect(named.sort()).toEqual(Object.keys(kinds).sort());
});

test('no kind of outcome is left out here', () => {
	expect(new Set(outcomes.map(([{type}]) => type))).toEqual(new Set(Object.keys(kinds)));
});

const changes: Readonly<Record<Exclude<Change, 'query' | 'idle'>, true>> = {
	transaction: true,
	'transaction begun': true,
	statement: true,
	'statement begun': true,
	call: true,
	login: true,
};

test('the manual says what is said of each change, and of each reason that has come', () => {
	const begins = Object.keys(changes).map(
		what => changedWords({type: 'changed', what: what as Change, seen: idle, at}).split(',')[0] ?? '',
	);
	expect([...begins, ...Object.values(heldBackBy)].filter(words => !signals.includes(words))).toEqual([]);
});
