import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {filterTest} from '../../../source/domain/list/filter/filter-test.js';
import {parseFilter} from '../../../source/domain/list/filter/parse-filter.js';
import type {Backend} from '../../../source/domain/session/backend.js';
import {knownStates, states} from '../../../source/domain/session/states.js';
import {widthOf} from '../../../source/domain/text/width.js';
import {sessionWords} from '../../../source/views/sessions/filter-words.js';
import {
	backend,
	hour,
	idleBackend,
	invisible,
	minute,
	noon,
	processOf,
	second,
	snapshot,
	unread,
} from '../../helpers/state/backend.js';
import {locksOf} from '../../helpers/state/locked.js';

const runAll = (pattern: string, text: string) => new RegExp(pattern, 'i').test(text);

function passes(text: string, session: Backend, picture = snapshot([session])): boolean {
	const parsed = parseFilter(text, sessionWords);
	if (parsed.type === 'bad') throw new Error(parsed.sentence);
	return filterTest(parsed.filter, sessionWords, runAll)(session, picture);
}

const sentenceOn = (text: string) => {
	const parsed = parseFilter(text, sessionWords);
	return parsed.type === 'bad' ? parsed.sentence : undefined;
};

const busy = backend(4211, {
	age: 4 * minute + 12 * second,
	wait: {type: 'Lock', name: 'transactionid'},
	queryId: '-7',
	query: 'UPDATE orders SET paid = true',
});

describe('of a session of api in shop that waits for a lock since 4m12s', () => {
	test.each([
		[true, 'API'],
		[true, 'sho'],
		[true, 'checkout'],
		[true, '10.0.0.7'],
		[true, 'active'],
		[true, 'transactionid'],
		[true, '"lock:trans"'],
		[true, '"set PAID"'],
		[false, 'api web'],
		[true, '4211'],
		[false, '421'],
		[false, '-4211'],
		[true, 'pid:4211'],
		[false, 'pid:421'],
		[true, 'user:ap db:SHOP app:check'],
		[false, 'user=ap'],
		[true, 'user=Api db=shop app=checkout client=10.0.0.7'],
		[true, 'client:10.0.'],
		[false, 'client:0.0.7'],
		[true, 'state:active'],
		[false, 'state:idle'],
		[true, 'type:client'],
		[false, 'type:walsender'],
		[true, 'wait:lock'],
		[false, 'wait:loc'],
		[false, 'wait:lwlock'],
		[true, 'wait:actionid'],
		[true, 'wait:lock:trans'],
		[true, 'wait=lock wait=transactionid wait=Lock:transactionid'],
		[false, 'wait=transaction'],
		[true, 'qid:-7'],
		[false, 'qid:7'],
		[true, '>4m xact>4m query>4m state>4m'],
		[false, '>5m'],
		[true, '~/^update \\w+ set/'],
		[false, '~/delete/'],
		[true, '-user:web -db:x -idle -~/delete/'],
	])('it is %s that it matches %s', (isMatch, text) => {
		expect(passes(text, busy)).toBe(isMatch);
	});
});

test.each([
	[states.active, ['active']],
	[states.idle, ['idle']],
	[states.idleInTransaction, ['idletx']],
	[states.aborted, ['idletx', 'aborted']],
	[states.fastpath, ['fastpath']],
	[states.disabled, ['disabled']],
	[states.starting, []],
	['a state to come', []],
	[undefined, []],
])('a session that is %s is found by the words %j', (state, words) => {
	const allowed = sessionWords.fields.find(({name}) => name === 'state')?.allowed ?? [];
	expect(allowed.filter(word => passes(`state:${word}`, backend(1, {state})))).toEqual(words);
});

test('a plain word finds a state as the server and as the screen has it', () => {
	for (const state of knownStates) expect(passes(`"${state}"`, backend(1, {state}))).toBe(true);
	expect(passes('idle-tx', backend(1, {state: states.idleInTransaction}))).toBe(true);
});

describe('a class of wait events is meant as a whole:', () => {
	test.each([
		['io', 'IO', 'DataFileRead', true],
		['io', 'IPC', 'ReplicationOriginDrop', false],
		['lock', 'LWLock', 'LockManager', false],
		['lwlock', 'LWLock', 'WALWriteLock', true],
		['bufferpin', 'BufferPin', 'BufferPin', true],
		['lockman', 'LWLock', 'LockManager', true],
		['datafile', 'IO', 'DataFileRead', true],
		['client', 'Client', 'ClientRead', true],
		['myext', 'Extension', 'MyExtWait', true],
	])('wait:%s for %s:%s is %s', (word, type, name, isMatch) => {
		expect(passes(`wait:${word}`, backend(1, {wait: {type, name}}))).toBe(isMatch);
	});
});

test('a session that runs and waits for nothing with a name is found by the word of its column', () => {
	expect(passes('wait:cpu cpu', backend(1))).toBe(true);
	expect(passes('wait:cpu', backend(1, {state: states.idleInTransaction}))).toBe(false);
});

test('of an idle session neither the text nor the wait for its client is looked at', () => {
	const idle = idleBackend(1, {query: 'SELECT secret', wait: {type: 'Client', name: 'ClientRead'}});
	for (const text of ['secret', '~/secret/', 'wait:client', 'ClientRead']) {
		expect(passes(text, idle)).toBe(false);
		expect(passes(`-${text}`, idle)).toBe(true);
	}
});

test('of a session that this role may not see user and database are found, and all else matches nothing', () => {
	const hidden = invisible(7, {application: undefined});
	expect(passes(`7 user:${hidden.user} ${hidden.database}`, hidden)).toBe(true);
	expect(passes('-user:somebody', hidden)).toBe(true);
	for (const text of [
		'state:idle',
		'app:x',
		'client:1',
		'wait:lock',
		'type:client',
		'qid:1',
		'zzz',
		'~/x/',
		'>1s',
		'xact<1h',
	]) {
		expect(passes(text, hidden)).toBe(false);
		expect(passes(`-${text}`, hidden)).toBe(false);
	}
});

test('an application name that is empty is known, as of any session', () => {
	expect(passes('-app:x', invisible(7, {application: ''}))).toBe(true);
	expect(passes('-app:x', backend(7, {application: ''}))).toBe(true);
});

test('of a session whose text the server did not give, nothing is said of its text', () => {
	const session = unread(backend(1));
	for (const text of ['zzz', '~/x/', '-zzz', '-~/x/']) expect(passes(text, session)).toBe(false);
	expect(passes('api', session)).toBe(true);
});

test('each clock is asked by its name, and one that a session does not have matches nothing', () => {
	const open = backend(1, {
		state: states.idleInTransaction,
		xactStart: noon - hour,
		queryStart: noon - minute,
		stateChange: noon - second,
	});
	expect(passes('>59m xact>59m state<2s', open)).toBe(true);
	for (const text of ['query>0', 'query<1d', '-query>0', '-query<1d']) expect(passes(text, open)).toBe(false);
	for (const text of ['>0', '-<1h', 'xact>0']) expect(passes(text, idleBackend(1, {age: hour}))).toBe(false);
	expect(passes('state>59m', idleBackend(1, {age: hour}))).toBe(true);
});

test('a start in the future of a clock that was set back matches nothing', () => {
	const ahead = backend(1, {xactStart: noon + hour});
	for (const text of ['>0', '<1d', 'xact>0', '-xact>0']) expect(passes(text, ahead)).toBe(false);
});

test.each([
	['state:idle-tx', [true, true]],
	['state:"idle in transaction"', [true, false]],
	['state:"idle in transaction (aborted)"', [false, true]],
	['usename:api datname:shop application_name:a', [true, true]],
])('%s is understood, too', (text, found) => {
	const own = {user: 'api', database: 'shop', application: 'app'};
	const ones = [states.idleInTransaction, states.aborted].map(state => backend(1, {...own, state}));
	expect(ones.map(one => passes(text, one))).toEqual(found);
});

test('a field without a value is asked for by empty quotes', () => {
	const [with_, without] = [backend(1, {application: 'psql'}), backend(2, {application: ''})];
	expect([passes('app=""', with_), passes('app=""', without)]).toEqual([false, true]);
	expect([passes('-app=""', with_), passes('-app=""', without)]).toEqual([true, false]);
});

test('a process that is no session is found by its type', () => {
	expect(passes('type:checkpointer', processOf(9, 'checkpointer'))).toBe(true);
	expect(passes('-state:idle -user:api', processOf(9, 'checkpointer'))).toBe(true);
});

describe('by its wait for a lock', () => {
	const [holder, waiter] = [backend(1), backend(2)];
	const picture = snapshot([holder, waiter], {
		locks: locksOf([{type: 'transactionid', xid: 7, held: {E: [1]}, waits: [[2, 'S', noon - 6 * second]]}]),
	});
	test.each([
		['lock>5s', [false, true]],
		['lock<5s', [false, false]],
		['-lock<5s', [false, true]],
		['-lock>5s', [false, false]],
		['lock>1m', [false, false]],
	])('%s finds those that wait, and never one that does not', (text, found) => {
		expect([holder, waiter].map(one => passes(text, one, picture))).toEqual(found);
	});

	test('nobody is found where locks were not read', () => {
		expect(passes('lock<5s', waiter)).toBe(false);
	});
});

test.each([
	['user:', 'user: needs a value'],
	['usr:api', 'no field usr: user db app client state wait type pid qid; or quote it'],
	['state:foo', 'no state foo: active idle idletx aborted fastpath disabled'],
	['pid:x', 'pid: needs a number'],
	['locks>5s', '> is for times: time xact query state lock; or quote it'],
])('%s is told: %s', (text, sentence) => {
	expect(sentenceOn(text)).toBe(sentence);
	expect(widthOf(sentence)).toBeLessThanOrEqual(78);
});

test('whatever is typed, no session makes its test throw', () => {
	const sessions = [busy, backend(1), idleBackend(2), invisible(3), processOf(4, 'checkpointer')];
	fc.assert(
		fc.property(fc.string({unit: 'binary'}), fc.constantFrom(...sessions), (text, session) => {
			if (sentenceOn(text) === undefined && !text.includes('~/'))
				expect([true, false]).toContain(passes(text, session));
		}),
	);
});
