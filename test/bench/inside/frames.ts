import {setImmediate} from 'node:timers/promises';
import type {ServerAddress} from '../../../source/demo/open-client.js';
import type {Part} from '../../../source/domain/server/snapshot.js';
import {openFrames} from '../../../source/ink/frames.js';
import {paintedScreen} from '../../../source/lines/painted.js';
import {connect} from '../../../source/postgres/connect/connect.js';
import {backendsText} from '../../../source/postgres/queries/backends.js';
import {createServer} from '../../../source/postgres/server.js';
import type {Action} from '../../../source/state/action.js';
import {initialState} from '../../../source/state/initial.js';
import {frameOf} from '../../../source/state/screen/frame-of.js';
import type {Settings, State} from '../../../source/state/state.js';
import {update} from '../../../source/state/update.js';
import {targetAt} from '../../helpers/server/target.js';

/** What a frame is made in, each in milliseconds of the program's own thread. */
export const steps = ['parse', 'sample', 'update', 'lines', 'render'] as const;

export type StepTimes = {readonly [step in (typeof steps)[number]]: readonly number[]};

const size = {columns: 200, rows: 50};

const interval = 1000;

const settings: Settings = {
	target: 'dba@db1:5432/shop',
	version: '0',
	isReadOnly: true,
	isDryRun: false,
	confirm: 'auto',
	interval,
};

/** What this thread has worked so far, without the time in which it waits. */
const worked = () => performance.eventLoopUtilization().active;

/** How long `work` keeps this thread busy. */
async function busyIn<T>(work: () => Promise<T>): Promise<readonly [ms: number, result: T]> {
	await setImmediate();
	const before = worked();
	const result = await work();
	return [worked() - before, result];
}

function timeOf<T>(work: () => T): readonly [ms: number, result: T] {
	const before = performance.now();
	const result = work();
	return [performance.now() - before, result];
}

/** Ink draws the program's own screen. */
function openInk(first: State) {
	let state = first;
	let onFrame: (() => void) | undefined;
	const listeners = new Set<() => void>();
	const {close} = openFrames({
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		getState: () => state,
		isColoured: true,
		onFrame: () => onFrame?.(),
		onCrash(error) {
			throw error;
		},
	});
	return {
		/** Until there is a frame of this state. */
		async show(next: State): Promise<number> {
			const drawn = new Promise<number>(resolve => {
				onFrame = () => resolve(performance.now());
			});
			const before = performance.now();
			state = next;
			for (const listener of listeners) listener();
			return (await drawn) - before;
		},
		close,
	};
}

/** The state after these actions, and the parts that it wants to be read next. */
function after(
	state: State,
	now: number,
	...actions: readonly Action[]
): {state: State; wanted: readonly Part[]} {
	let wanted: readonly Part[] = [];
	let next = state;
	for (const action of actions) {
		const [changed, commands] = update(next, action, now);
		next = changed;
		for (const command of commands) if (command.type === 'sample') wanted = command.parts;
	}

	return {state: next, wanted};
}

/** Pictures of the server at this address, one after the other, on the way of the program. The first ones are not counted. */
export async function measureFrames(
	address: ServerAddress,
	rounds: number,
	unmeasured: number,
): Promise<StepTimes> {
	const connected = await connect(targetAt(address), new AbortController().signal);
	if (connected.type !== 'connected') throw new Error('there is no connection');
	const {client, attempt} = connected;
	const server = await createServer(client, {
		signals: 'none',
		attempt,
		interrupt: async () => {},
		sender: 'bench',
	});
	const parts = server.parts.map(({part}) => part);
	const query = {text: backendsText(15, parts), rowMode: 'array'} as const;
	const times = {parse: [], sample: [], update: [], lines: [], render: []} as Record<
		(typeof steps)[number],
		number[]
	>;
	let state = initialState(settings, size, 0, server.parts);
	const ink = openInk(state);
	try {
		for (let round = 0; round < unmeasured + rounds; round++) {
			const now = round * interval;
			const woken = after(state, now, {type: 'wake'});
			const [parse] = await busyIn(async () => client.query(query));
			const [sample, snapshot] = await busyIn(async () => server.sample(woken.wanted));
			const [changing, changed] = timeOf(() => {
				const shown = after(woken.state, now, {type: 'sampled', snapshot}).state;
				return after(shown, now, {type: 'drawn', frame: frameOf(shown)}).state;
			});
			const [drawing] = timeOf(() => paintedScreen(changed, true));
			const rendering = await ink.show(changed);
			state = changed;
			if (round < unmeasured) continue;
			times.parse.push(parse);
			times.sample.push(sample);
			times.update.push(changing);
			times.lines.push(drawing);
			times.render.push(rendering);
		}

		if (state.screen.rows.length === 0) throw new Error('no session was seen');
		return times;
	} finally {
		ink.close();
		server.close();
	}
}
