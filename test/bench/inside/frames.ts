import process from 'node:process';
import {setImmediate} from 'node:timers/promises';
import type {ServerAddress} from '../../../source/demo/open-client.js';
import {noConfiguration} from '../../../source/domain/configuration/rules.js';
import {openFrames} from '../../../source/ink/frames.js';
import {paintedScreen} from '../../../source/lines/painted.js';
import {connect} from '../../../source/postgres/connect/connect.js';
import {backendsText} from '../../../source/postgres/queries/backends.js';
import {createServer} from '../../../source/postgres/server.js';
import type {Action} from '../../../source/state/action.js';
import type {Command} from '../../../source/state/command.js';
import {initialState} from '../../../source/state/initial.js';
import {frameOf} from '../../../source/state/screen/frame-of.js';
import type {RunSettings, State} from '../../../source/state/state.js';
import {update} from '../../../source/state/update.js';
import {openPainter} from '../../../source/terminal/painter/painter.js';
import {targetAt} from '../../helpers/server/target.js';

/** What a frame is made in, each in milliseconds of processor time: another program on the machine takes none of it. `all` is what comes after the answer, `filter` what comes after a letter in the line of `/`. */
export const steps = ['parse', 'sample', 'update', 'lines', 'render', 'cells', 'all', 'filter'] as const;

type Step = (typeof steps)[number];

export type StepTimes = {readonly [step in Step]: readonly number[]};

const size = {columns: 200, rows: 50};

const interval = 1000;

const settings: RunSettings = {
	target: 'dba@db1:5432/shop',
	configuration: noConfiguration,
	version: '0',
	isDryRun: false,
	interval,
	isAscii: false,
};

/** Typed in turn, over and over: each letter makes another filter, of each kind of word. The last erases them all. */
const letters = [...'app >1m -db:postgres ~/sel/', '\u0015'];

/** So far, of all threads. */
function processorTime(): number {
	const {user, system} = process.cpuUsage();
	return (user + system) / 1000;
}

/** What `work` takes, in milliseconds. */
async function costOf<T>(work: () => T | Promise<T>): Promise<readonly [ms: number, result: T]> {
	// What others have left to do is not its own.
	await setImmediate();
	const before = processorTime();
	const result = await work();
	return [processorTime() - before, result];
}

/** Ink draws the program's own screen. */
function openInk(first: State) {
	let state = first;
	let onFrame: ((lines: readonly string[]) => void) | undefined;
	const listeners = new Set<() => void>();
	const {close} = openFrames({
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		getState: () => state,
		colours: 'unknown',
		onFrame: lines => onFrame?.(lines),
		onCrash(error) {
			throw error;
		},
	});
	return {
		/** The frame of this state. */
		async draw(next: State): Promise<readonly string[]> {
			const drawn = new Promise<readonly string[]>(resolve => {
				onFrame = resolve;
			});
			state = next;
			for (const listener of listeners) listener();
			return drawn;
		},
		close,
	};
}

type Wanted = Pick<Extract<Command, {type: 'sample'}>, 'parts' | 'idleTexts'>;

/** The state after these actions, and what it wants to be read next. */
function after(state: State, now: number, ...actions: readonly Action[]): {state: State; wanted: Wanted} {
	let wanted: Wanted = {parts: [], idleTexts: []};
	let next = state;
	for (const action of actions) {
		const [changed, commands] = update(next, action, now);
		next = changed;
		for (const command of commands) if (command.type === 'sample') wanted = command;
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
	const times = Object.fromEntries(steps.map(step => [step, []])) as unknown as Record<Step, number[]>;
	const painter = openPainter({...size, write: (_, written) => written()});
	let state = initialState(settings, size, 0, server);
	const ink = openInk(state);
	try {
		for (let round = 0; round < unmeasured + rounds; round++) {
			const now = round * interval;
			const woken = after(state, now, {type: 'wake'});
			const [parse] = await costOf(async () => client.query(query));
			const [sample, snapshot] = await costOf(async () =>
				server.sample(woken.wanted.parts, woken.wanted.idleTexts),
			);
			const [changing, changed] = await costOf(() => {
				const shown = after(woken.state, now, {type: 'sampled', snapshot}).state;
				return after(shown, now, {type: 'drawn', frame: frameOf(shown)}).state;
			});
			state = changed;
			// Lines that were made for one are there for the other: each has them made in every second round.
			const isOfInk = round % 2 === 0;
			const [drawing, lines] = await costOf(() =>
				isOfInk ? ink.draw(changed) : paintedScreen(changed, 'unknown'),
			);
			const [cells] = await costOf(() => painter.paint(lines ?? [], () => {}));
			if (round < unmeasured) continue;
			times.parse.push(parse);
			times.sample.push(sample);
			times.update.push(changing);
			times.cells.push(cells);
			times[isOfInk ? 'render' : 'lines'].push(drawing);
			if (isOfInk) times.all.push(sample + changing + drawing + cells);
		}

		if (state.screen.rows.length === 0) throw new Error('no session was seen');
		const typed = async (text: string) => {
			const bytes = new TextEncoder().encode(text);
			const [cost] = await costOf(async () => {
				state = after(state, rounds * interval, {type: 'bytes', bytes}).state;
				return painter.paint(await ink.draw(state), () => {});
			});
			return cost;
		};
		await typed('/');
		for (let round = 0; round < unmeasured + rounds; round++) {
			const cost = await typed(letters[round % letters.length] ?? '');
			if (round >= unmeasured) times.filter.push(cost);
		}

		return times;
	} finally {
		ink.close();
		server.close();
	}
}
