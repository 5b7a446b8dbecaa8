import {describe, expect, test} from 'vitest';
import type {Audit} from '../../source/audit.js';
import type {Inspected} from '../../source/domain/inspection.js';
import type {Answer, LocksHeld, Look} from '../../source/domain/signal/look.js';
import type {Order} from '../../source/domain/signal/target.js';
import type {Snapshot} from '../../source/domain/snapshot.js';
import type {Failure, Server} from '../../source/server.js';
import type {Action} from '../../source/state/action.js';
import type {Command} from '../../source/state/command.js';
import {createEffects} from '../../source/store/effects.js';
import {allRights, backend, snapshot} from '../helpers/backend.js';
import {lookingAt} from '../helpers/play.js';

const picture = snapshot([backend(4388)]);
const pressed = lookingAt(backend(4388)).types('k').waits(50);
const [order] = pressed.signals();
const [sending] = pressed.given('signal');
const timeout: Failure = {sentence: 'canceling statement due to statement timeout', isLost: false};
const broken: Failure = {sentence: 'the server closed the connection', isLost: true};

/** A server that answers at once, but for what the test is about, and counts how often it was closed. */
function serverThat(does: Partial<Server> = {}) {
	const made = {
		closed: 0,
		sample: async (): Promise<Snapshot> => picture,
		look: async (pids: readonly number[]): Promise<readonly Look[]> => pids.map(pid => ({pid, at: 0})),
		locks: async (pid: number): Promise<LocksHeld> => ({pid, at: 0, held: 0, advisory: 1}),
		inspect: async (pid: number): Promise<Inspected> => ({pid}),
		rights: async () => allRights,
		statementOf: ({target}: Order) => `select ${target.pid}`,
		signal: async (): Promise<Answer> => ({type: 'answered', held: []}),
		close() {
			made.closed++;
		},
		...does,
	};
	return made;
}

const settled = () => new Promise(resolve => setImmediate(resolve));

function effectsOf(
	server: Server,
	connect: Parameters<typeof createEffects>[1] = async () => serverThat(),
	audit?: Audit,
) {
	const actions: Action[] = [];
	const done: string[] = [];
	const effects = createEffects(server, connect, {
		redraw: () => done.push('redraw'),
		suspend: async () => void done.push('suspend'),
		quit: () => done.push('quit'),
		audit,
	});
	const dispatch = (action: Action) => void actions.push(action);
	return {
		actions,
		done,
		effects,
		dispatch,
		async carry(command: Command) {
			effects.carryOut(command, dispatch);
			await settled();
			return actions;
		},
	};
}

const failing = async (failure: unknown): Promise<never> => {
	throw failure;
};

describe('what comes of a command', () => {
	test.each<[what: string, command: Command, does: Partial<Server>, actions: readonly Action[]]>([
		['a picture', {type: 'sample', parts: []}, {}, [{type: 'sampled', snapshot: picture}]],
		[
			'a refresh that the server refused',
			{type: 'sample', parts: []},
			{sample: () => failing(timeout)},
			[{type: 'sample-failed', why: timeout.sentence}],
		],
		[
			'a refresh that lost the connection',
			{type: 'sample', parts: []},
			{sample: () => failing(broken)},
			[{type: 'lost', why: broken.sentence}],
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
	])('%s', async (_, command, does, actions) => {
		const {carry} = effectsOf(serverThat(does));
		expect(await carry(command)).toEqual(actions);
	});

	test('the answer to a signal, with its number', async () => {
		if (!order || !sending) throw new Error('nothing was ordered');
		const {carry} = effectsOf(serverThat({signal: async () => ({type: 'denied', reason: 'no'})}));
		expect(await carry(sending)).toEqual([
			{type: 'answered', number: order.number, answer: {type: 'denied', reason: 'no'}},
		]);
	});

	describe('a signal is written down before it is sent', () => {
		/** What happened, in order. */
		async function orderOf(command: Partial<typeof sending>, why?: string) {
			if (!sending) throw new Error('nothing was ordered');
			const happened: string[] = [];
			const audit: Audit = {
				async signal(number, _, statement) {
					happened.push(`signal ${number}: ${statement}`);
					if (why !== undefined) throw new Error(why);
				},
				keep: number => happened.push(`keep ${number}`),
				outcome: number => happened.push(`outcome ${number}`),
				close: async () => [],
			};
			const signal = async (): Promise<Answer> => {
				happened.push('sent');
				return {type: 'answered', held: []};
			};
			const {carry} = effectsOf(serverThat({signal}), undefined, audit);
			return {actions: await carry({...sending, ...command}), happened};
		}

		test('with its statement', async () => {
			expect((await orderOf({})).happened).toEqual(['signal 1: select 4388', 'sent']);
		});

		test('once, although it is sent once more because the clock has jumped', async () => {
			expect((await orderOf({isRepeated: true})).happened).toEqual(['sent']);
		});

		test('and is not sent where that is not possible', async () => {
			const {actions, happened} = await orderOf({}, 'the disk is full');
			expect(happened).toEqual(['signal 1: select 4388']);
			expect(actions).toEqual([{type: 'unrecorded', number: 1, why: 'the disk is full'}]);
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

describe('a connection', () => {
	test('that broke is closed, once it is known', async () => {
		const server = serverThat();
		const {effects, dispatch, actions} = effectsOf(server);
		effects.lose(broken, dispatch);
		expect(server.closed).toBe(1);
		expect(actions).toEqual([{type: 'lost', why: broken.sentence}]);
	});

	test('is made anew, and asked from then on', async () => {
		const next = snapshot([]);
		const {carry} = effectsOf(serverThat(), async () => serverThat({sample: async () => next}));
		expect(await carry({type: 'connect'})).toEqual([{type: 'linked'}]);
		expect((await carry({type: 'sample', parts: []})).at(-1)).toEqual({type: 'sampled', snapshot: next});
	});

	test('says which server it is to, where there are several', async () => {
		const {carry} = effectsOf(serverThat(), async () => ({...serverThat(), name: 'dba@db2:5432/shop'}));
		expect(await carry({type: 'connect'})).toEqual([{type: 'linked', name: 'dba@db2:5432/shop'}]);
	});

	test('that can’t be made says why', async () => {
		const {carry} = effectsOf(serverThat(), () => failing({...broken, sentence: 'connection refused'}));
		expect(await carry({type: 'connect'})).toEqual([{type: 'link-failed', why: 'connection refused'}]);
	});

	test('what the one before still answers means nothing any more', async () => {
		let answer: (snapshot: Snapshot) => void = () => {};
		const slow = serverThat({sample: () => new Promise(resolve => (answer = resolve))});
		const {carry, actions} = effectsOf(slow);
		await carry({type: 'sample', parts: []});
		await carry({type: 'connect'});
		answer(picture);
		await settled();
		expect(actions).toEqual([{type: 'linked'}]);
	});

	test('that breaks by itself is said', async () => {
		let lost: (failure: Failure) => void = () => {};
		const {carry} = effectsOf(serverThat(), async tell => {
			lost = tell;
			return serverThat();
		});
		await carry({type: 'connect'});
		lost(broken);
		expect((await carry({type: 'redraw'})).at(-1)).toEqual({type: 'lost', why: broken.sentence});
	});

	test('that breaks by itself late takes nothing from the one that came after it', async () => {
		const lost: ((failure: Failure) => void)[] = [];
		const servers = [serverThat(), serverThat()];
		const {carry, actions} = effectsOf(serverThat(), async tell => {
			lost.push(tell);
			return servers[lost.length - 1] ?? serverThat();
		});
		await carry({type: 'connect'});
		await carry({type: 'connect'});
		lost[0]?.(broken);
		expect(servers[1]?.closed).toBe(0);
		expect(actions.filter(({type}) => type === 'lost')).toEqual([]);
	});

	test('that is made after the end is closed again', async () => {
		const late = serverThat();
		let made: (server: Server) => void = () => {};
		const {carry, effects, actions} = effectsOf(serverThat(), () => new Promise(resolve => (made = resolve)));
		await carry({type: 'connect'});
		effects.close();
		made(late);
		await settled();
		expect(late.closed).toBe(1);
		expect(actions).toEqual([]);
	});
});
