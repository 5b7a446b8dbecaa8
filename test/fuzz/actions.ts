import fc from 'fast-check';
import {rowWith} from '../../source/domain/list/row.js';
import type {Size} from '../../source/domain/list/window.js';
import {rowId} from '../../source/domain/session/backend.js';
import type {Inspected, Inspection} from '../../source/domain/session/inspection.js';
import type {ProcessUse} from '../../source/domain/session/process-use.js';
import type {Rights} from '../../source/domain/session/rights.js';
import type {Answer, HeldBy, Look, Seen} from '../../source/domain/signal/look.js';
import {guardedReasons} from '../../source/domain/signal/verdict/reason.js';
import type {Some} from '../../source/domain/some.js';
import type {Action} from '../../source/state/action.js';
import {frameOf} from '../../source/state/screen/frame-of.js';
import type {State} from '../../source/state/state.js';
import {allRights, noon, noRights, seenOf} from '../helpers/state/backend.js';
import {newestParts} from '../helpers/state/play.js';
import {anyBackend, anyLocks, micros, pictureOfWorld, type Shown, type World} from './pictures.js';
import {largeTexts, lines, text} from './texts.js';

const part = {requiredKeys: []};

const anySeen: fc.Arbitrary<Seen> = anyBackend.map(seenOf);
const anyHeld = fc.uniqueArray(
	fc.constantFrom<HeldBy>('session', 'server', 'time', 'work', ...guardedReasons),
	{maxLength: 2},
);

const anyAnswer: fc.Arbitrary<Answer> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record(
			{
				type: fc.constant('answered' as const),
				at: micros,
				sent: fc.boolean(),
				seen: anySeen,
				isOwn: fc.constant(true as const),
				held: anyHeld,
				warning: text,
				unsent: text,
			},
			{requiredKeys: ['type', 'held']},
		),
	},
	fc.record({type: fc.constant('denied' as const), reason: text, missing: text}),
	fc.record({type: fc.constant('failed' as const), reason: text}),
	fc.constant({type: 'unknown' as const}),
);

const facts = {
	startedAt: fc.constantFrom(0, noon - 1e9),
	xid: fc.constantFrom('7711', ''),
	xminAge: fc.constantFrom(-1, 0, 2 ** 31),
	isVacuuming: fc.constant(true as const),
	clientHostname: text,
	clientPort: fc.constantFrom(-1, 0, 65_535),
	isOldest: fc.constant(true as const),
	tls: fc.record({version: text, cipher: text}),
	gss: fc.record({isEncrypted: fc.boolean(), principal: text}),
	waitMeaning: text,
	queryId: text,
	text: fc.oneof({weight: 60, arbitrary: lines}, {weight: 1, arbitrary: fc.constantFrom(...largeTexts)}),
	wraparound: fc.constantFrom(0, 0.4, 1, 3),
	reasons: fc.uniqueArray(fc.constantFrom(...guardedReasons), {maxLength: 2}),
	locks: anyLocks,
	sessionLocks: fc.array(
		fc.record({mode: text, isGranted: fc.boolean(), on: text, count: fc.nat(3), since: micros}),
		{maxLength: 4},
	),
};

type Facts = Omit<Inspection, 'at' | 'backend' | 'isOwn'>;
const anyFacts = fc.record(facts satisfies {[Name in keyof Required<Facts>]: unknown}, {
	requiredKeys: ['reasons'],
}) as unknown as fc.Arbitrary<Facts>;

const anyRights: fc.Arbitrary<Rights> = fc
	.tuple(fc.constantFrom(allRights, noRights), text, fc.array(text, {maxLength: 2}), fc.boolean())
	.map(([rights, name, refused, hasName]) => ({
		...rights,
		grantee: {...(hasName && {name}), inheritsBy: 'option'},
		refused,
		...(hasName && {revoked: {terminate: refused}, loggedBy: name}),
	}));

const anyUse: fc.Arbitrary<ProcessUse> = fc.record(
	{cpu: fc.double(), memory: fc.double(), read: fc.double(), written: fc.double()},
	part,
);

/** What servers and machines say, made once: another seed, others. */
export function repliesOf(seed: number) {
	const some = <Value>(one: fc.Arbitrary<Value>, numRuns = 60) => fc.sample(one, {numRuns, seed});
	return {
		answers: some(anyAnswer),
		facts: some(anyFacts),
		rights: some(anyRights),
		uses: some(anyUse),
		seen: some(anySeen),
		locks: some(anyLocks),
		texts: some(text, 200),
		backends: some(anyBackend),
	};
}

export type Replies = ReturnType<typeof repliesOf>;

/** What is known where something happens. */
export type Place = {
	readonly state: State;
	readonly now: number;
	/** States that a frame may have been made of, the newest last. */
	readonly made: readonly State[];
	readonly world: World;
	readonly replies: Replies;
};

/** By what one of many is chosen. */
export type Dice = {readonly one: number; readonly other: number; readonly shown: Shown; readonly size: Size};

const pick = <Value>(all: readonly Value[], at: number): Value => {
	const found = all[at % all.length];
	if (found === undefined) throw new Error('there is nothing to pick from');
	return found;
};

/** Pids of what is selected, asked about, listed, and of nobody. */
function pidsOf({screen, server}: State): Some<number> {
	const [layer] = screen.layers;
	return [
		...(layer.type === 'question' ? layer.asked.map(({aimed}) => aimed.backend.pid) : []),
		...(layer.type === 'details' ? [layer.pid] : []),
		...[rowWith(screen.rows, screen.selected)?.value.pid].filter(one => one !== undefined),
		...server.signals.slice(-2).map(({order}) => order.target.pid),
		0,
		77,
	] as unknown as Some<number>;
}

/** Numbers of signals, and one that there is not. */
const numbersOf = ({server}: State): Some<number> =>
	[...server.signals.slice(-3).map(({order}) => order.number), 999] as unknown as Some<number>;

function inspectedAt({state, now, replies, world}: Place, {one, other}: Dice): Inspected {
	const pid = pick(pidsOf(state), one);
	const known = state.screen.rows.find(({value}) => value.pid === pid)?.value;
	const [any] = pick(world.lives, one);
	const startedAt = state.server.instance?.startedAt;
	const answerer = startedAt === undefined ? {} : {startedAt};
	if (other % 5 === 0) return {pid, ...answerer};
	const {backendStart, userId, ...rest} = known && other % 3 !== 0 ? known : any;
	const backend = {
		...rest,
		pid,
		...(backendStart !== undefined && {backendStart}),
		...(userId !== undefined && {userId}),
		id: known && other % 3 !== 0 ? known.id : rowId(pid, backendStart, userId),
	};
	return {
		pid,
		...answerer,
		inspection: {at: noon + now * 1000, ...pick(replies.facts, other), backend, ...answerer},
	};
}

/** Of all that are looked at, or of one that nobody has asked for. */
function looksAt({state, now, replies}: Place, {one, other}: Dice): readonly Look[] {
	return state.server.signals.slice(-3).map(({order: {target}}, index): Look => {
		const found = pick(replies.seen, one + index);
		const at = noon + now * 1000;
		switch ((other + index) % 4) {
			case 0:
				return {pid: target.pid, at};
			case 1:
				return {pid: target.pid, at, isOwn: true};
			case 2:
				return {pid: target.pid, at, seen: {...found, pid: target.pid}};
			default: {
				const {backendStart, userId} = target;
				const {backendStart: _, userId: __, ...seen} = found;
				const same = {
					...(backendStart !== undefined && {backendStart}),
					...(userId !== undefined && {userId}),
				};
				return {pid: target.pid, at, seen: {...seen, ...same, pid: target.pid}};
			}
		}
	});
}

const why = ({replies}: Place, {one}: Dice) => pick(replies.texts, one);
const troubleAt = (place: Place, dice: Dice) => ({
	why: why(place, dice),
	...(dice.other % 2 === 0 && {hint: pick(place.replies.texts, dice.other)}),
});
const namesAt = (place: Place, dice: Dice) => ({
	hosts: dice.other % 2 === 0 ? ['db1'] : [why(place, dice), 'production'],
	...(dice.other % 3 === 0 && {clusterName: why(place, dice)}),
});

/** Everything that can happen, but for keys. Whatever is new has to be added here. */
export const happenings: {
	readonly [Type in Exclude<Action['type'], 'bytes'>]: (
		place: Place,
		dice: Dice,
	) => Extract<Action, {type: Type}>;
} = {
	wake: () => ({type: 'wake'}),
	drawn: ({made, state}, {one}) => ({
		type: 'drawn',
		frame: frameOf(one % 3 === 0 ? (made.at(-1 - (one % 4)) ?? state) : state),
	}),
	resized: (_, {size}) => ({type: 'resized', size}),
	resumed: () => ({type: 'resumed'}),
	linked: (place, dice) => ({
		type: 'linked',
		...(dice.one % 2 === 0 && {name: why(place, dice)}),
		parts: newestParts.slice(dice.other % newestParts.length),
		names: namesAt(place, dice),
	}),
	'link-failed': (place, dice) => ({
		type: 'link-failed',
		why: why(place, dice),
		...(dice.other % 3 === 0 && {isFinal: true, passwordFor: pick(place.replies.texts, dice.other)}),
		...(dice.other % 4 === 0 && {isOld: true}),
	}),
	lost: (place, dice) => ({type: 'lost', ...troubleAt(place, dice)}),
	sampled: ({world, now}, {shown}) => ({type: 'sampled', snapshot: pictureOfWorld(world, shown, now)}),
	'sample-failed': (place, dice) => ({type: 'sample-failed', ...troubleAt(place, dice)}),
	'processes-read': ({state, replies}, {one}) => ({
		type: 'processes-read',
		...(one % 4 > 0 && {
			uses: new Map(state.screen.rows.map(({value}, index) => [value.id, pick(replies.uses, one + index)])),
		}),
	}),
	'rights-read': ({replies}, {one}) => ({type: 'rights-read', rights: pick(replies.rights, one)}),
	'rights-failed': (place, dice) => ({type: 'rights-failed', why: why(place, dice)}),
	'names-read': (place, dice) => ({type: 'names-read', names: namesAt(place, dice)}),
	'names-failed': () => ({type: 'names-failed'}),
	answered: ({state, replies}, {one, other}) => ({
		type: 'answered',
		number: pick(numbersOf(state), one),
		answer: pick(replies.answers, other),
	}),
	unrecorded: (place, dice) => ({
		type: 'unrecorded',
		numbers: [pick(numbersOf(place.state), dice.one)],
		why: why(place, dice),
	}),
	inspected: (place, dice) => ({type: 'inspected', inspected: inspectedAt(place, dice)}),
	'inspect-failed': (place, dice) => ({
		type: 'inspect-failed',
		pid: pick(pidsOf(place.state), dice.one),
		why: why(place, dice),
	}),
	'facts-read': (place, dice) => ({
		type: 'facts-read',
		facts: pidsOf(place.state)
			.slice(0, 1 + (dice.other % 4))
			.map((_, index) => inspectedAt(place, {...dice, one: index})),
	}),
	'facts-failed': (place, dice) => ({type: 'facts-failed', why: why(place, dice)}),
	formatted({state, replies}, {one, other}) {
		const [layer] = state.screen.layers;
		const asked = layer.type === 'details' ? layer.asked : undefined;
		const words = pick(replies.facts, other).text;
		return {
			type: 'formatted',
			of: asked ?? pick(replies.texts, one),
			...(words !== undefined && other % 3 > 0 && {text: words}),
		};
	},
	copied: (place, dice) => ({
		type: 'copied',
		bytes: dice.one,
		isCut: dice.other % 2 === 0,
		of: why(place, dice),
		to: dice.other % 3 === 0 ? 'tmux' : 'terminal',
	}),
	looked: (place, dice) => ({type: 'looked', looks: looksAt(place, dice)}),
	'look-failed': () => ({type: 'look-failed'}),
	'locks-read': (place, dice) => {
		const [look] = looksAt(place, dice);
		return {
			type: 'locks-read',
			number: pick(numbersOf(place.state), dice.one),
			...(look && {locks: {...look, held: dice.one, advisory: dice.other % 2}}),
		};
	},
	'waiting-read': (place, dice) => ({
		type: 'waiting-read',
		numbers: numbersOf(place.state),
		...(dice.one % 3 > 0 && {locks: pick(place.replies.locks, dice.other), looks: looksAt(place, dice)}),
	}),
	leaving: () => ({type: 'leaving'}),
};
