import {describe, expect, test} from 'vitest';
import {mapSome} from '../../source/domain/some.js';
import type {Audit} from '../../source/ports/audit.js';
import type {Processes} from '../../source/ports/processes.js';
import type {Signaller} from '../../source/ports/signaller.js';
import type {Action} from '../../source/state/action.js';
import type {Command} from '../../source/state/command.js';
import {allRights, backend} from '../helpers/state/backend.js';
import {usualNames} from '../helpers/state/settings.js';
import {broken, effectsOf, failing, order, picture, sending, serverThat, timeout} from './effects.js';

describe('what processes use', () => {
	const {id} = backend(4388);
	const command: Command = {
		type: 'processes',
		own: {pid: 1, backendStart: 2, startedAt: 1},
		sessions: [{id, pid: 4388, backendStart: 3}],
	};
	const uses = new Map([[id, {cpu: 1}]]);

	test('is told of the sessions that were asked about', async () => {
		const asked: unknown[] = [];
		const read: Processes['read'] = async (...about) => {
			asked.push(about);
			return uses;
		};
		const {carry} = effectsOf({...serverThat(), processes: {read}});
		expect(await carry(command)).toEqual([{type: 'processes-read', uses}]);
		expect(asked).toEqual([[command.own, command.sessions]]);
	});

	test('is not told where it is found out that the server is elsewhere', async () => {
		const {carry} = effectsOf({...serverThat(), processes: {read: async () => undefined}});
		expect(await carry(command)).toEqual([{type: 'processes-read'}]);
	});

	test('is not asked where the way to the server is none on this machine', async () => {
		expect(await effectsOf(serverThat()).carry(command)).toEqual([]);
	});
});

describe('what comes of a command', () => {
	test.each<
		[what: string, command: Command, does: Parameters<typeof serverThat>[0], actions: readonly Action[]]
	>([
		['a picture', {type: 'sample', parts: [], idleTexts: []}, {}, [{type: 'sampled', snapshot: picture}]],
		[
			'a refresh that the server refused',
			{type: 'sample', parts: [], idleTexts: []},
			{sample: () => failing(timeout)},
			[{type: 'sample-failed', why: timeout.sentence}],
		],
		[
			'a refresh that the server refused, with what to try',
			{type: 'sample', parts: [], idleTexts: []},
			{sample: () => failing({...timeout, hint: 'try again'})},
			[{type: 'sample-failed', why: timeout.sentence, hint: 'try again'}],
		],
		[
			'a refresh that lost the connection, with what to try',
			{type: 'sample', parts: [], idleTexts: []},
			{sample: () => failing({...broken, hint: 'try again'})},
			[{type: 'lost', why: broken.sentence, hint: 'try again'}],
		],
		[
			'a refresh that lost the connection',
			{type: 'sample', parts: [], idleTexts: []},
			{sample: () => failing(broken)},
			[{type: 'lost', why: broken.sentence}],
		],
		[
			'a query that is formatted',
			{type: 'format', text: 'select 1'},
			{},
			[{type: 'formatted', of: 'select 1', text: 'select\n  1'}],
		],
		['one that is not understood', {type: 'format', text: '('}, {}, [{type: 'formatted', of: '('}]],
		[
			'a copy, in bytes',
			{type: 'copy', text: 'ěa', isCut: true, of: 'the query'},
			{},
			[{type: 'copied', bytes: 3, isCut: true, of: 'the query', to: 'tmux'}],
		],
		['the rights', {type: 'rights'}, {}, [{type: 'rights-read', rights: allRights}]],
		[
			'rights that the server refused',
			{type: 'rights'},
			{rights: () => failing(timeout)},
			[{type: 'rights-failed', why: timeout.sentence}],
		],
		[
			'rights that lost the connection',
			{type: 'rights'},
			{rights: () => failing(broken)},
			[{type: 'lost', why: broken.sentence}],
		],
		['the names of the server', {type: 'names'}, {}, [{type: 'names-read', names: usualNames}]],
		[
			'names that the server refused',
			{type: 'names'},
			{names: () => failing(timeout)},
			[{type: 'names-failed'}],
		],
		[
			'names that lost the connection',
			{type: 'names'},
			{names: () => failing(broken)},
			[{type: 'lost', why: broken.sentence}],
		],
		[
			'looks',
			{type: 'look', pids: [4388, 4402]},
			{},
			[
				{
					type: 'looked',
					looks: [
						{pid: 4388, at: 0},
						{pid: 4402, at: 0},
					],
				},
			],
		],
		[
			'a look that failed',
			{type: 'look', pids: [1]},
			{look: () => failing(timeout)},
			[{type: 'look-failed'}],
		],
		[
			'a look that lost the connection',
			{type: 'look', pids: [1]},
			{look: () => failing(broken)},
			[{type: 'lost', why: broken.sentence}],
		],
		[
			'locks',
			{type: 'locks', number: 7, pid: 4388},
			{},
			[{type: 'locks-read', number: 7, locks: {pid: 4388, at: 0, held: 0, advisory: 1}}],
		],
		[
			'locks that the server refused',
			{type: 'locks', number: 7, pid: 4388},
			{locks: () => failing(timeout)},
			[{type: 'locks-read', number: 7}],
		],
		[
			'locks that lost the connection',
			{type: 'locks', number: 7, pid: 4388},
			{locks: () => failing(broken)},
			[{type: 'lost', why: broken.sentence}],
		],
		[
			'who still waits',
			{type: 'waiting', numbers: [7, 8], pids: [4388]},
			{},
			[
				{
					type: 'waiting-read',
					numbers: [7, 8],
					locks: {rows: [], serverMs: 0},
					looks: [{pid: 4388, at: 0}],
				},
			],
		],
		[
			'who still waits, which the server refused',
			{type: 'waiting', numbers: [7], pids: []},
			{waits: () => failing(timeout)},
			[{type: 'waiting-read', numbers: [7]}],
		],
		[
			'who still waits, which lost the connection',
			{type: 'waiting', numbers: [7], pids: []},
			{waits: () => failing(broken)},
			[{type: 'lost', why: broken.sentence}],
		],
	])('%s', async (_, command, does, actions) => {
		const {carry} = effectsOf(serverThat(does));
		expect(await carry(command)).toEqual(actions);
	});

	test('the answer to a signal, with its number', async () => {
		if (!order || !sending) throw new Error('nothing was ordered');
		const {carry} = effectsOf(
			serverThat({signal: orders => mapSome(orders, async () => ({type: 'denied', reason: 'no'}) as const)}),
		);
		expect(await carry(sending)).toEqual([
			{type: 'answered', number: order.number, answer: {type: 'denied', reason: 'no'}},
		]);
	});

	test('where the rules of the server forbid every signal, none is sent, whoever orders it', async () => {
		if (!order || !sending) throw new Error('nothing was ordered');
		const signal = () => {
			throw new Error('it was sent');
		};
		const {carry} = effectsOf(serverThat({signal}), undefined, undefined, 'read-only');
		expect(await carry(sending)).toEqual([
			{type: 'answered', number: order.number, answer: {type: 'failed', reason: 'read-only'}},
		]);
	});

	describe('a signal is written down before it is sent', () => {
		/** What happened, in order. */
		async function orderOf(command: Partial<typeof sending>, why?: string) {
			if (!sending) throw new Error('nothing was ordered');
			const happened: string[] = [];
			const audit: Audit = {
				async signal(entries) {
					for (const {number, statement} of entries) happened.push(`signal ${number}: ${statement}`);
					if (why !== undefined) throw new Error(why);
				},
				keep: entries => happened.push(...entries.map(({number}) => `keep ${number}`)),
				outcome: number => happened.push(`outcome ${number}`),
				close: async () => [],
			};
			const signal: Signaller['signal'] = orders =>
				mapSome(orders, async () => {
					happened.push('sent');
					return {type: 'answered', held: []} as const;
				});
			const {carry} = effectsOf(serverThat({signal}), undefined, audit);
			return {actions: await carry({...sending, ...command}), happened};
		}

		test('with its statement', async () => {
			expect((await orderOf({})).happened).toEqual(['signal 1: select 4388', 'sent']);
		});

		test('and so are all signals of one key, before the first of them', async () => {
			if (!sending) throw new Error('nothing was ordered');
			const [{order: first, facts}] = sending.orders;
			const second = {...first, number: 2, target: {...first.target, pid: 4389}};
			const orders = [
				{order: first, facts},
				{order: second, facts},
			] as const;
			const {actions, happened} = await orderOf({orders});
			expect(happened).toEqual(['signal 1: select 4388', 'signal 2: select 4389', 'sent', 'sent']);
			expect(actions.map(action => action.type === 'answered' && action.number)).toEqual([1, 2]);
			const unwritten = await orderOf({orders}, 'the disk is full');
			expect(unwritten.happened).not.toContain('sent');
			expect(unwritten.actions).toEqual([{type: 'unrecorded', numbers: [1, 2], why: 'the disk is full'}]);
		});

		test('once, although it is sent once more because the clock has jumped', async () => {
			expect((await orderOf({isRepeated: true})).happened).toEqual(['sent']);
		});

		test('and is not sent where that is not possible', async () => {
			const {actions, happened} = await orderOf({}, 'the disk is full');
			expect(happened).toEqual(['signal 1: select 4388']);
			expect(actions).toEqual([{type: 'unrecorded', numbers: [1], why: 'the disk is full'}]);
		});

		test('but for one that is sent all the same, which is kept', async () => {
			expect((await orderOf({isUnrecorded: true}, 'the disk is full')).happened).toEqual(['keep 1', 'sent']);
		});
	});

	test.each([
		['redraw', []],
		['quit', []],
		['suspend', [{type: 'resumed'}]],
	] as const)('%s asks the terminal', async (type, actions) => {
		const {carry, done} = effectsOf(serverThat());
		expect(await carry({type})).toEqual(actions);
		expect(done).toEqual([type]);
	});
});
