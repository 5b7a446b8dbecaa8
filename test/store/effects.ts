import type {Locks} from '../../source/domain/locks/lock-row.js';
import type {Snapshot} from '../../source/domain/server/snapshot.js';
import type {Inspected} from '../../source/domain/session/inspection.js';
import type {Answer, LocksHeld, Look} from '../../source/domain/signal/look.js';
import type {Order} from '../../source/domain/signal/target.js';
import {mapSome} from '../../source/domain/some.js';
import type {Audit} from '../../source/ports/audit.js';
import type {Connect, Server} from '../../source/ports/connect.js';
import type {Failure} from '../../source/ports/failure.js';
import type {Inspector} from '../../source/ports/inspector.js';
import type {Signaller} from '../../source/ports/signaller.js';
import type {Source} from '../../source/ports/source.js';
import type {Action} from '../../source/state/action.js';
import type {Command} from '../../source/state/command.js';
import {holdConnection} from '../../source/store/connection.js';
import {createEffects, type Surroundings} from '../../source/store/effects.js';
import {allRights, backend, snapshot} from '../helpers/state/backend.js';
import {lookingAt} from '../helpers/state/play.js';
import {usualNames} from '../helpers/state/settings.js';

export const picture = snapshot([backend(4388)]);
export const pressed = lookingAt(backend(4388)).types('k').waits(50);
export const [order] = pressed.signals();
export const [sending] = pressed.given('signal');
export const timeout: Failure = {sentence: 'canceling statement due to statement timeout', isLost: false};
export const broken: Failure = {sentence: 'the server closed the connection', isLost: true};

/** A server that answers at once, but for what the test is about, and counts how often it was closed. */
export function serverThat({names, ...does}: Partial<Source & Inspector & Signaller> = {}) {
	const inspector: Inspector = {
		inspect: async (pid: number): Promise<Inspected> => ({pid}),
		facts: async (pids: readonly number[]): Promise<readonly Inspected[]> => pids.map(pid => ({pid})),
		rights: async () => allRights,
		names: names ?? (async () => usualNames),
		...does,
	};
	const signaller: Signaller = {
		look: async (pids: readonly number[]): Promise<readonly Look[]> => pids.map(pid => ({pid, at: 0})),
		locks: async (pid: number): Promise<LocksHeld> => ({pid, at: 0, held: 0, advisory: 1}),
		waits: async (pids: readonly number[]) => ({
			locks: {rows: [], serverMs: 0} satisfies Locks,
			looks: pids.map((pid): Look => ({pid, at: 0})),
		}),
		statementOf: ({target}: Order) => `select ${target.pid}`,
		signal: orders => mapSome(orders, async (): Promise<Answer> => ({type: 'answered', held: []})),
		...does,
	};
	const made = {
		closed: 0,
		inspector,
		signaller,
		parts: [],
		names: usualNames,
		sample: async (): Promise<Snapshot> => picture,
		close() {
			made.closed++;
		},
		...does,
	};
	return made;
}

export const settled = () => new Promise(resolve => setImmediate(resolve));

export function effectsOf(
	server: Server,
	connect: Connect = async () => serverThat(),
	audit?: Audit,
	whyNoSignals?: string,
	differs: Partial<Surroundings> = {},
) {
	const actions: Action[] = [];
	const done: string[] = [];
	const bugs: unknown[] = [];
	const onBug = (error: unknown) => void bugs.push(error);
	const connection = holdConnection(server, connect, new AbortController(), onBug);
	const carryOut = createEffects(
		connection,
		{
			redraw: () => done.push('redraw'),
			suspend: async () => void done.push('suspend'),
			quit: () => done.push('quit'),
			onBug,
			async copy(text) {
				done.push(`copy ${text}`);
				return 'tmux';
			},
			format: async text => (text === 'select 1' ? 'select\n  1' : undefined),
			audit,
			...differs,
		},
		() => whyNoSignals,
	);
	const dispatch = (action: Action) => void actions.push(action);
	return {
		actions,
		bugs,
		done,
		connection,
		carryOut,
		dispatch,
		async carry(command: Command) {
			carryOut(command, dispatch);
			await settled();
			return actions;
		},
	};
}

export const failing = async (failure: unknown): Promise<never> => {
	throw failure;
};
