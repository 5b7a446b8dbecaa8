import process from 'node:process';
import {describe, expect, onTestFinished, test} from 'vitest';
import type {Audit} from '../../source/ports/audit.js';
import type {Server} from '../../source/ports/connect.js';
import type {Command} from '../../source/state/command.js';
import type {Surroundings} from '../../source/store/effects.js';
import {effectsOf, sending, serverThat} from './effects.js';

/** What a port does that it never should. */
type Fails = () => never;

type Case = {
	readonly command: Command;
	readonly does?: (fails: Fails) => Parameters<typeof serverThat>[0];
	readonly server?: (fails: Fails) => Partial<Server>;
	readonly connect?: true;
	readonly audit?: (fails: Fails) => Partial<Audit>;
	readonly differs?: (fails: Fails) => Partial<Surroundings>;
};

if (!sending) throw new Error('nothing was ordered');
const [{order, facts}] = sending.orders;
const two = {
	...sending,
	orders: [
		{order, facts},
		{order: {...order, number: 2}, facts},
	],
} as const satisfies Command;

const cases: Readonly<Record<string, Case>> = {
	connect: {command: {type: 'connect'}, connect: true},
	sample: {command: {type: 'sample', parts: [], idleTexts: []}, does: sample => ({sample})},
	rights: {command: {type: 'rights'}, does: rights => ({rights})},
	names: {command: {type: 'names'}, does: names => ({names})},
	inspect: {command: {type: 'inspect', pid: 1}, does: inspect => ({inspect})},
	facts: {command: {type: 'facts', pids: [1]}, does: facts => ({facts})},
	look: {command: {type: 'look', pids: [1]}, does: look => ({look})},
	locks: {command: {type: 'locks', number: 7, pid: 1}, does: locks => ({locks})},
	waits: {command: {type: 'waiting', numbers: [7], pids: [1]}, does: waits => ({waits})},
	signal: {command: two, does: signal => ({signal})},
	statementOf: {command: two, does: statementOf => ({statementOf})},
	processes: {
		command: {type: 'processes', own: {pid: 1, backendStart: 2, startedAt: 1}, sessions: []},
		server: read => ({processes: {read}}),
	},
	'audit keep': {command: {...two, isUnrecorded: true}, audit: keep => ({keep})},
	'audit outcome': {
		command: {type: 'record-outcome', number: 1, facts: {} as never},
		audit: outcome => ({outcome}),
	},
	copy: {command: {type: 'copy', text: 'a', isCut: false, of: 'it'}, differs: copy => ({copy})},
	format: {command: {type: 'format', text: 'a'}, differs: format => ({format})},
	suspend: {command: {type: 'suspend'}, differs: suspend => ({suspend})},
	redraw: {command: {type: 'redraw'}, differs: redraw => ({redraw})},
	quit: {command: {type: 'quit'}, differs: quit => ({quit})},
};

/** Those that give no promise can only throw. */
const onlyThrow: readonly string[] = ['statementOf', 'audit keep', 'audit outcome', 'redraw', 'quit'];

const usualAudit: Audit = {signal: async () => {}, keep() {}, outcome() {}, close: async () => []};

/** The process hears of every rejection that nobody has taken. */
function unhandled(): readonly unknown[] {
	const heard: unknown[] = [];
	const hear = (error: unknown) => void heard.push(error);
	process.on('unhandledRejection', hear);
	onTestFinished(() => void process.off('unhandledRejection', hear));
	return heard;
}

async function bugsOf(one: Case, fails: Fails, dispatched?: Fails) {
	const heard = unhandled();
	const connect = one.connect ? fails : async () => serverThat();
	const audit = {...usualAudit, ...one.audit?.(fails)};
	const server = {...serverThat(one.does?.(fails)), ...one.server?.(fails)};
	const effects = effectsOf(server, connect, audit, undefined, one.differs?.(fails));
	effects.carryOut(one.command, dispatched ?? effects.dispatch);
	// After the promises the process looks which rejections are left.
	for (let turns = 0; turns < 3; turns++) await new Promise(resolve => setImmediate(resolve));
	expect(heard).toEqual([]);
	return effects.bugs;
}

const error = new TypeError('provoked');
const thrown: readonly (readonly [what: string, error: unknown])[] = [
	['an Error', error],
	['a text', 'provoked'],
	['undefined', undefined],
	['null', null],
	['a sentence that is none', {sentence: 5}],
];

describe.each(thrown)('%s, which is no Failure, is a bug, once', (_, provoked) => {
	const throws: Fails = () => {
		throw provoked;
	};
	const rejects = (() => Promise.reject(provoked)) as unknown as Fails;

	test.each(Object.entries(cases))('thrown by %s', async (_, one) => {
		expect(await bugsOf(one, throws)).toEqual([provoked]);
	});

	test.each(Object.entries(cases).filter(([name]) => !onlyThrow.includes(name) && name !== 'signal'))(
		'rejected by %s',
		async (_, one) => {
			expect(await bugsOf(one, rejects)).toEqual([provoked]);
		},
	);

	test('rejected in place of the answers to two signals', async () => {
		const answers = (() => [Promise.reject(provoked), Promise.reject(provoked)]) as unknown as Fails;
		expect(await bugsOf({command: two, does: signal => ({signal})}, answers)).toEqual([provoked]);
	});

	test('rejected by the audit file: nothing is sent', async () => {
		const sent: unknown[] = [];
		const signal = (orders: unknown) => sent.push(orders) as never;
		const one: Case = {command: two, audit: signal => ({signal}), does: () => ({signal})};
		// An Error is how it says that it can't write.
		expect(await bugsOf(one, rejects)).toEqual(provoked instanceof Error ? [] : [provoked]);
		expect(sent).toEqual([]);
	});
});

const results = Object.entries(cases).filter(([name]) => !onlyThrow.includes(name));

test.each(results)('what fails while the result of %s is taken is a bug, once', async (_, one) => {
	const throws: Fails = () => {
		throw error;
	};
	const works = {
		command: one.command,
		...(one.server && {server: () => ({processes: {read: async () => undefined}})}),
	};
	expect(await bugsOf(works, throws, throws)).toEqual([error]);
});
