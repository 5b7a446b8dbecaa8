import fc from 'fast-check';
import {rowWith} from '../../../source/domain/list/row.js';
import type {Locks} from '../../../source/domain/locks/lock-row.js';
import type {Backend} from '../../../source/domain/session/backend.js';
import type {Answer, HeldBy} from '../../../source/domain/signal/look.js';
import type {Order} from '../../../source/domain/signal/target.js';
import type {Action} from '../../../source/state/action.js';
import type {Command} from '../../../source/state/command.js';
import {frameOf} from '../../../source/state/screen/frame-of.js';
import {noon, seenOf, snapshot} from '../../helpers/state/backend.js';
import {locksOf} from '../../helpers/state/locked.js';
import {down, end, esc, home, newestParts, pageDown, pageUp, up} from '../../helpers/state/play.js';
import {usualNames} from '../../helpers/state/settings.js';
import type {Move, Run, World} from './run.js';
import {guardedIn, sessions, stepOf} from './sessions.js';

/** What a failed run shows of a value. */
export const labelled = <Value extends object>(label: string, value: Value): Value =>
	Object.defineProperty(value, fc.toStringMethod, {value: () => label});

export const move = (name: string, does: Omit<Move, 'name'>): Move => labelled(name, {name, ...does});
export const tells = (name: string, told: (run: Run) => Action | undefined) => move(name, {tells: told});
const changes = (name: string, changed: (run: Run) => World) => move(name, {changes: changed});

export const wait = (ms: number) => move(`${ms} ms`, {ms});
export const waits = (...times: readonly number[]) => fc.constantFrom(...times).map(wait);
export const typed = (bytes: string): Action => ({type: 'bytes', bytes: new TextEncoder().encode(bytes)});
export const types = (bytes: string) => tells(JSON.stringify(bytes), () => typed(bytes));
export const key = (...keys: readonly string[]) => fc.constantFrom(...keys).map(types);

/** The last command of this type. */
function lastGiven<Type extends Command['type']>({given}: Run, type: Type) {
	const found = given.findLast(({command}) => command.type === type)?.command;
	return found as Extract<Command, {type: Type}> | undefined;
}

function lastRead({given}: Run) {
	const found = given.findLast(({command: {type}}) => type === 'inspect' || type === 'facts')?.command;
	return found?.type === 'inspect' || found?.type === 'facts' ? found : undefined;
}

const clockOf = ({now}: Run) => noon + now * 1000;
/** A session that does not change is the same object in every picture, as it is from a server. */
const backendsOf = ({world: {steps}}: Run) => steps.map(({backend}) => backend);
const here = ({world: {steps}}: Run, pid: number | undefined) => steps.find(one => one.backend.pid === pid);

export const draws = tells('draws', ({state, made}) => ({type: 'drawn', frame: frameOf(made ?? state)}));
export const makesFrame = move('makes a frame', {makesFrame: true});
/** The first holds what every third waits for, and the second what the last waits for. */
function locksAmong(backends: readonly Backend[]): Locks {
	const pids = backends.map(({pid}) => pid);
	const [first = 0, second = 0] = pids;
	const waits = (held: number, waiters: readonly number[]) => ({
		held: {E: [held]},
		waits: waiters.filter(pid => pid !== held).map(pid => [pid, 'E'] as const),
	});
	return locksOf([
		waits(
			first,
			pids.filter((_, index) => index % 3 === 2),
		),
		waits(second, pids.slice(-1)),
	]);
}

const pictureOf = (run: Run): Action => ({
	type: 'sampled',
	snapshot: snapshot(backendsOf(run), {
		at: clockOf(run),
		server: {startedAt: run.world.startedAt},
		locks: locksAmong(backendsOf(run)),
	}),
});
export const picture = tells('a picture', run => (run.eye.isUp ? pictureOf(run) : undefined));

/** What is read of the session that was inspected last. */
export const reads = tells('reads', run => {
	const asked = lastRead(run);
	if (!asked) return undefined;
	if (!run.eye.isUp)
		return asked.type === 'facts'
			? {type: 'facts-failed', why: 'not connected'}
			: {type: 'inspect-failed', pid: asked.pid, why: 'not connected'};
	const {startedAt} = run.world;
	const read = (pid: number, isWhole: boolean) => {
		const step = here(run, pid);
		const inspection = step && {
			at: clockOf(run),
			startedAt,
			backend: step.backend,
			reasons: guardedIn(step),
			...(isWhole && {text: step.backend.query?.text ?? ''}),
		};
		return {pid, startedAt, ...(inspection && {inspection})};
	};

	return asked.type === 'facts'
		? {type: 'facts-read', facts: asked.pids.map(pid => read(pid, false))}
		: {type: 'inspected', inspected: read(asked.pid, true)};
});
export const readsNothing = tells('reads nothing', run => {
	const asked = lastRead(run);
	if (!asked) return undefined;
	const {startedAt} = run.world;
	return asked.type === 'facts'
		? {type: 'facts-read', facts: asked.pids.map(pid => ({pid, startedAt}))}
		: {type: 'inspected', inspected: {pid: asked.pid, startedAt}};
});

/** Of several that one key has sent, one of the first three. */
const lastOrder = (run: Run, index = 0): Order | undefined => lastGiven(run, 'signal')?.orders[index]?.order;

/** Answers the last signal. */
const answers = (name: string, answerOf: (run: Run, order: Order) => Answer, index = 0) =>
	tells(name, run => {
		const order = lastOrder(run, index);
		return order && {type: 'answered', number: order.number, answer: answerOf(run, order)};
	});

/** As a server does that keeps the guard. */
const obedient = (run: Run, order: Order): Answer => {
	const at = clockOf(run);
	const step = here(run, order.target.pid);
	if (!step) return {type: 'answered', held: []};
	const seen = seenOf(step.backend);
	const isSame = stepOf(order.target)?.named[order.signal] === step.named[order.signal];
	const parts: readonly (readonly [HeldBy, boolean])[] = [
		['session', step.backend.id === order.target.id],
		['server', order.startedAt === undefined || order.startedAt === run.world.startedAt],
		['time', at <= order.expiresAt],
		['work', order.work === 'session' || isSame],
		...guardedIn(step).map((reason): [HeldBy, boolean] => [reason, order.asked.includes(reason)]),
	];
	const held = parts.filter(([, holds]) => !holds).map(([part]) => part);
	return held.length === 0
		? {type: 'answered', at, sent: true, held, seen}
		: {type: 'answered', at, held, seen};
};

export const obeys = answers('obeys', obedient);
/** Answers the first signals of one key. */
export const obeysAll: readonly Move[] = [0, 1, 2].map(index => answers(`obeys ${index}`, obedient, index));

/** As one may all the same, whatever the session is at. */
const holdsBack = (...held: readonly HeldBy[]) =>
	answers(`holds back by ${held.join(' and ')}`, (run, {target: {pid}}) => {
		const step = here(run, pid);
		const late = held.includes('time') ? 60e6 : 0;
		return {type: 'answered', at: clockOf(run) + late, held, seen: step ? seenOf(step.backend) : {pid}};
	});
/** The audit file could not be written: known before anything is sent, but the connection may be lost by then. */
export const unrecorded = tells('unrecorded', run => {
	const number = lastOrder(run)?.number ?? 0;
	const signalled = run.state.server.signals.find(({order}) => order.number === number);
	if (!signalled) return undefined;
	const {phase} = signalled;
	const isOpen = phase.type === 'asked' || (phase.type === 'watched' && phase.isUnknown);
	return isOpen ? {type: 'unrecorded', numbers: [number], why: 'full'} : undefined;
});
export const late = holdsBack('time');
const guardedParts: readonly HeldBy[] = ['standby', 'index', 'statement', 'comment'];
export const lies = fc.oneof(
	fc.constantFrom<HeldBy>('session', 'server', 'time', 'work').map(part => holdsBack(part)),
	fc.constantFrom(...guardedParts).map(part => holdsBack(part)),
	fc.constantFrom(
		answers('sends', (run, {target: {pid}}) => ({
			type: 'answered',
			at: clockOf(run),
			sent: true,
			held: [],
			seen: {pid},
		})),
		answers('finds nothing', () => ({type: 'answered', held: []})),
		answers('denies', () => ({type: 'denied', reason: 'permission denied'})),
		answers('no answer', () => ({type: 'unknown'})),
		unrecorded,
		holdsBack('work', 'standby'),
	),
);
export const answer = fc.oneof({weight: 5, arbitrary: fc.constant(obeys)}, {weight: 1, arbitrary: lies});

/** A session goes on to another of its steps, comes, or is gone. */
const goesTo = ({world}: Run, pid: number | undefined, index: number): World => {
	const all = sessions.find(one => one.some(({backend}) => backend.pid === pid)) ?? [];
	const next = all[index % (all.length + 1)];
	const steps = world.steps.filter(({backend}) => backend.pid !== pid);
	return {...world, steps: next ? [...steps, next] : steps};
};
export const someGoesOn = fc
	.tuple(fc.nat(sessions.length - 1), fc.nat(9))
	.map(([which, index]) =>
		changes(`session ${which} goes to ${index}`, run =>
			goesTo(run, sessions[which]?.[0]?.backend.pid, index),
		),
	);
const watched = ({state}: Run) => {
	const {rows, selected} = state.screen;
	const [layer] = state.screen.layers;
	return layer.type === 'question' ? layer.asked[0].aimed.backend.pid : rowWith(rows, selected)?.value.pid;
};
/** The one that is asked about, or selected. */
const goes = (index: number) => changes(`this one goes to ${index}`, run => goesTo(run, watched(run), index));
/** Some of those that are asked about. */
export const oneGoesOn = fc.tuple(fc.nat(2), fc.nat(9)).map(([which, index]) =>
	changes(`${which} of them goes to ${index}`, run => {
		const [layer] = run.state.screen.layers;
		const asked = layer.type === 'question' ? layer.asked[which] : undefined;
		return goesTo(run, asked?.aimed.backend.pid ?? watched(run), index);
	}),
);
export const thisGoesOn = fc.nat(8).map(goes);
/** To something that has to be asked about, of the first session. */
export const turnsSpecial = fc.constantFrom(4, 7).map(goes);
export const anotherServer = fc
	.constantFrom(0, 7)
	.map(startedAt => changes(`server of ${startedAt}`, ({world}) => ({...world, startedAt})));

/** What stands in the way of a key is set right: a lost connection, a small terminal, an old picture, an overlay. */
export const ready: readonly Move[] = [
	tells('links', ({eye}) => (eye.isUp ? undefined : {type: 'linked', parts: newestParts, names: usualNames})),
	tells('grows', ({state}) => (state.screen.size.rows < 10 ? resizedTo(80, 24) : undefined)),
	wait(1),
	tells('shows anew', run => (run.eye.blindSince === undefined ? undefined : pictureOf(run))),
	tells('goes back', ({state}) => (state.screen.layers[0].type === 'table' ? undefined : typed(esc))),
	wait(250),
];
export const selects = fc.oneof(
	fc.nat(7).map(count => types(down.repeat(count + 1))),
	key(down, up, home, end, pageDown, pageUp),
);

export const lost = tells('lost', () => ({type: 'lost', why: 'gone'}));
export const linked = tells('linked', () => ({type: 'linked', parts: newestParts, names: usualNames}));
export const resumed = tells('resumed', () => ({type: 'resumed'}));
const resizedTo = (columns: number, rows: number): Action => ({type: 'resized', size: {columns, rows}});
export const size = fc
	.constantFrom([39, 9], [40, 10], [80, 12], [80, 24], [80, 36])
	.map(([columns = 0, rows = 0]) => tells(`${columns} x ${rows}`, () => resizedTo(columns, rows)));
