import {PassThrough, Writable} from 'node:stream';
import {setImmediate} from 'node:timers/promises';
import {render} from 'ink';
import type {ServerAddress} from '../../../source/demo/open-client.js';
import type {Part} from '../../../source/domain/server/snapshot.js';
import {App} from '../../../source/ink/app.js';
import {paint} from '../../../source/lines/line.js';
import {screenLines} from '../../../source/lines/screen.js';
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

/** Ink draws the program's own screen into a terminal that takes every frame whole, at once. */
function openInk(first: State) {
	let state = first;
	let onWrite: (() => void) | undefined;
	const listeners = new Set<() => void>();
	const stdout = new Writable({
		write(_, __, done) {
			onWrite?.();
			done();
		},
	});
	const stdin = new PassThrough();
	const itself = () => stdin;
	const terminal = {isTTY: true, ...size};
	const {unmount} = render(
		<App
			subscribe={listener => {
				listeners.add(listener);
				return () => listeners.delete(listener);
			}}
			getState={() => state}
			isColoured
			onShow={() => {}}
		/>,
		{
			stdout: Object.assign(stdout, terminal) as unknown as NodeJS.WriteStream,
			stdin: Object.assign(stdin, {
				isTTY: true,
				setRawMode: itself,
				ref: itself,
				unref: itself,
			}) as unknown as NodeJS.ReadStream,
			debug: true,
			interactive: true,
			exitOnCtrlC: false,
			patchConsole: false,
		},
	);
	return {
		/** Until the frame of this state is written. */
		async show(next: State): Promise<number> {
			const written = new Promise<number>(resolve => {
				onWrite = () => resolve(performance.now());
			});
			const before = performance.now();
			state = next;
			for (const listener of listeners) listener();
			return (await written) - before;
		},
		unmount,
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
			const [drawing] = timeOf(() => painted(changed));
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
		ink.unmount();
		server.close();
	}
}

/** All lines of a list with their colours. */
function painted(state: State): readonly string[] {
	const screen = screenLines(state);
	if (screen.type === 'page') throw new Error('the list is not on the screen');
	return [...screen.lines, ...('foot' in screen ? screen.foot : [])].map(line => paint(line, true));
}
