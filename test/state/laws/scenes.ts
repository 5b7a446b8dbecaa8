import fc from 'fast-check';
import {down, end, esc, up} from '../../helpers/state/play.js';
import {
	anotherServer,
	answer,
	draws,
	key,
	labelled,
	late,
	lies,
	linked,
	lost,
	makesFrame,
	move,
	obeys,
	obeysAll,
	oneGoesOn,
	picture,
	reads,
	readsNothing,
	ready,
	resumed,
	selects,
	size,
	someGoesOn,
	thisGoesOn,
	turnsSpecial,
	types,
	unrecorded,
	wait,
	waits,
} from './moves.js';
import type {Move, Start, World} from './run.js';
import {sessions} from './sessions.js';

type Moves = fc.Arbitrary<readonly Move[]>;
type Part = Move | readonly Move[] | fc.Arbitrary<Move> | Moves;

/** One after the other. */
const scene = (...parts: readonly Part[]): Moves =>
	fc
		.tuple(...parts.map(part => (part instanceof fc.Arbitrary ? part : fc.constant(part))))
		.map(all => all.flat() as readonly Move[]);

/** Time to look and to read: mostly enough, sometimes by a hair, sometimes not. */
const look = waits(500, 500, 501, 600, 1000, 2500, 499, 250);
const read = waits(500, 500, 501, 700, 1500, 1600, 499, 1499);
const readUnasked = waits(1500, 1500, 1501, 1499, 1000, 500);
const alone = waits(50, 50, 51, 60, 200, 49);
const again = waits(700, 700, 800, 3000, 699, 500, 9990, 10_001);
/** Too early for what has just come. */
const soon = waits(50, 200, 450);

const oneKey = key('k', 'k', 'c');
/** Reaches the terminal at once, or when it is of what was before. */
const frame = fc.oneof(
	{weight: 6, arbitrary: scene(draws)},
	{weight: 1, arbitrary: scene(makesFrame, waits(20, 300), draws)},
	{weight: 1, arbitrary: scene(makesFrame, waits(60, 700), reads, waits(1, 200), draws)},
);
const looks = scene(ready, selects, frame, look);
const opens = scene(looks, oneKey, alone, reads, frame);
/** Of c a question closes when the query has ended. */
const opensK = scene(looks, key('k', 'k', 'k', 'c'), alone, reads, frame);
const yes = scene(reads, frame, read, types('y'), alone, answer);
const later = scene(reads, frame, readUnasked, types('y'), alone, answer);
const strikes = scene(oneKey, alone, answer);

/** A key for a row, and y if it is asked about. */
const presses = scene(looks, oneKey, alone, yes);
const inDetails = scene(ready, selects, types('\r'), reads, frame, look, oneKey, alone, yes);
/** The session goes on before the key has reached the server. */
const overtaken = scene(looks, thisGoesOn, types('k'), alone, answer, yes, frame, again, strikes);
/** The answer takes its time, and so does the frame that tells it. */
const toldLate = scene(
	scene(looks, thisGoesOn, types('k'), alone, waits(10, 400, 650)),
	scene(fc.oneof(scene(makesFrame), scene()), obeys, waits(20, 300), draws, again, types('k'), alone, answer),
);
const heldBack = scene(looks, turnsSpecial, types('k'), alone, obeys, later);
const notRecorded = scene(looks, types('k'), alone, unrecorded, later);
const lateTwice = scene(looks, oneKey, alone, late, waits(100, 600, 1900), late);
/** Something else is drawn, or has come at least, just before the key. */
const newer = scene(
	looks,
	fc.oneof(thisGoesOn, anotherServer),
	picture,
	fc.oneof(frame, scene(makesFrame)),
	soon,
	strikes,
);
const blindly = scene(
	looks,
	fc.oneof(scene(resumed), scene(lost, waits(10, 300), linked)),
	frame,
	look,
	strikes,
);
/** The session that is asked about goes on. */
const followed = scene(opensK, thisGoesOn, waits(600, 1000, 1100), yes, yes);
/** The same, before the answer has reached the server. */
const missed = scene(
	scene(opensK, thisGoesOn, read, types('y'), alone, obeys),
	scene(frame, read, types('y'), alone, answer),
);
/** What the question says now reaches the terminal after what it said before. */
const changedLate = scene(
	scene(opensK, makesFrame, thisGoesOn, waits(600, 1000), reads, waits(20, 300), draws),
	scene(read, types('y'), alone, answer),
);
const returnsToQuestion = scene(opens, resumed, reads, frame, readUnasked, types('y'), alone, answer);
/** The same, the answer is no, and a key follows at once. */
const declined = scene(
	scene(opens, thisGoesOn, picture, frame, waits(300, 600, 1100), key('n', esc), waits(60, 210)),
	scene(frame, soon, strikes),
);
/** A key on a row that has been in its line for long, or has just come there. */
const quick = scene(
	ready,
	frame,
	look,
	fc.oneof(key('R', '>', 't', 'b', up, down), size),
	selects,
	frame,
	soon,
	strikes,
);
/** Two or three rows are tagged, one by one or by a filter. */
const tags = fc.oneof(
	{weight: 3, arbitrary: scene(ready, selects, types(' '), waits(60), types(' '), frame)},
	{weight: 1, arbitrary: scene(ready, selects, types(' '), selects, types(' '), picture, frame)},
	{weight: 1, arbitrary: scene(ready, types('/api'), waits(60), types('\r'), wait(1100), types('T'), frame)},
);
const opensMany = scene(tags, wait(60), oneKey, alone, reads, frame);
const yesToMany = scene(reads, frame, read, types('y'), alone, obeysAll);
const many = scene(opensMany, yesToMany);
const manyGoOn = scene(opensMany, oneGoesOn, oneGoesOn, waits(600, 1000, 1100), yesToMany, yesToMany);
const manyMissed = scene(
	scene(opensMany, read, types('y'), waits(10, 50), oneGoesOn, alone, obeysAll),
	scene(waits(100, 1500), picture, frame, oneKey, alone, yesToMany),
);
const manyNotRecorded = scene(opensMany, read, types('y'), alone, unrecorded, later);
const manyElsewhere = scene(
	opensMany,
	fc.oneof(scene(lost, waits(10, 300), linked), scene(resumed), scene(anotherServer)),
	scene(waits(1, 60), picture, reads, frame, readUnasked, types('y'), alone, obeysAll),
);
const news = scene(fc.array(someGoesOn, {minLength: 1, maxLength: 3}) as Moves, scene(picture, frame));
const reordered = scene(ready, selects, frame, wait(2100), news, selects, frame, soon, strikes);
const hammered = scene(looks, oneKey, alone, waits(100, 600, 650, 700), strikes);
const reconnects = scene(
	scene(lost, waits(10, 300, 6000), anotherServer, linked),
	scene(waits(1, 50), picture, frame, look),
);
const returns = scene(resumed, waits(1, 60, 600), picture, frame, look);
const answered = scene(frame, waits(300, 1000), answer);

const slip = fc.oneof(
	{weight: 6, arbitrary: key('k', 'c', 'y', 'y', 'K', 'kk', `k${down}`, `${down}k`, 'yk', 'n', 'q')},
	{
		weight: 3,
		arbitrary: key(
			...['\u001B', '\u001B[', '\u001BO', '\u001B[\u0001', '\u001Bk', '\u001By'],
			...['\u001B[200~', '\u001B[200~k\u001B[201~', '\u001B[201~', '\u0003', '\u000B'],
		),
	},
	{weight: 3, arbitrary: key(...'iaRpvtb<>r+-?hxLj! TU', '\r', down, up, end)},
	{weight: 3, arbitrary: waits(1, 30, 49, 50, 51, 199, 200, 250, 700, 2000)},
	{weight: 1, arbitrary: fc.nat(300).map(ms => move(`stalls ${ms} ms`, {ms, isStall: true}))},
	{weight: 2, arbitrary: fc.constantFrom(draws, makesFrame, reads, picture)},
	{weight: 2, arbitrary: fc.constantFrom(lost, linked, resumed, readsNothing)},
	{weight: 2, arbitrary: fc.oneof(size, lies, someGoesOn, anotherServer)},
);

/** Scenes, with a slip here and there. */
const played = (...scenes: readonly fc.WeightedArbitrary<readonly Move[]>[]): Moves =>
	fc
		.tuple(
			fc.array(fc.oneof(...scenes), {minLength: 3, maxLength: 6}),
			fc.array(fc.tuple(fc.nat(200), slip), {maxLength: 8}),
		)
		.map(([right, wrong]) => {
			const all = right.flat();
			for (const [place, one] of wrong) all.splice(place % (all.length + 1), 0, one);
			return all;
		});

const around: readonly fc.WeightedArbitrary<readonly Move[]>[] = [
	{weight: 4, arbitrary: news},
	{weight: 1, arbitrary: reconnects},
	{weight: 1, arbitrary: returns},
	{weight: 1, arbitrary: answered},
	{weight: 1, arbitrary: scene(size, frame)},
];

/** Somebody at work in the list. */
export const working = played(
	{weight: 10, arbitrary: presses},
	{weight: 3, arbitrary: overtaken},
	{weight: 3, arbitrary: toldLate},
	{weight: 2, arbitrary: heldBack},
	{weight: 2, arbitrary: followed},
	{weight: 3, arbitrary: inDetails},
	{weight: 2, arbitrary: hammered},
	{weight: 1, arbitrary: lateTwice},
	{weight: 2, arbitrary: newer},
	{weight: 1, arbitrary: blindly},
	{weight: 1, arbitrary: missed},
	{weight: 1, arbitrary: declined},
	{weight: 2, arbitrary: quick},
	{weight: 1, arbitrary: reordered},
	...around,
);

/** Somebody who is asked. */
export const asked = played(
	{weight: 4, arbitrary: presses},
	{weight: 4, arbitrary: inDetails},
	{weight: 6, arbitrary: followed},
	{weight: 4, arbitrary: missed},
	{weight: 3, arbitrary: changedLate},
	{weight: 2, arbitrary: returnsToQuestion},
	{weight: 3, arbitrary: heldBack},
	{weight: 2, arbitrary: notRecorded},
	{weight: 1, arbitrary: declined},
	...around,
);

/** Somebody who tags. */
export const tagging = played(
	{weight: 4, arbitrary: many},
	{weight: 4, arbitrary: manyGoOn},
	{weight: 3, arbitrary: manyMissed},
	{weight: 2, arbitrary: manyNotRecorded},
	{weight: 2, arbitrary: manyElsewhere},
	{weight: 1, arbitrary: scene(types('U'), wait(60))},
	{weight: 2, arbitrary: presses},
	{weight: 1, arbitrary: inDetails},
	...around,
);

/** One of each, or not there; those that no key may touch are there less often. */
const worlds = fc
	.tuple(
		...sessions.map(steps => {
			const isUntouchable = steps.every(({may}) => may.terminate === 'never');
			return fc.oneof(
				{weight: isUntouchable ? 1 : 3, arbitrary: fc.constantFrom(...steps)},
				{weight: isUntouchable ? 3 : 1, arbitrary: fc.constant(undefined)},
			);
		}),
	)
	.map((all): World => {
		const steps = all.filter(step => step !== undefined);
		const label = steps.map(({backend, named}) => `${backend.pid} ${named.terminate}`).join();
		return labelled(label, {steps, startedAt: 0});
	});

const isReadOnly = fc.oneof(
	{weight: 19, arbitrary: fc.constant(false)},
	{weight: 1, arbitrary: fc.constant(true)},
);
const startSize = fc.constantFrom({columns: 80, rows: 24}, {columns: 80, rows: 12}, {columns: 40, rows: 10});

/** How a run begins: with a picture of everything, or of clients alone. */
const startsWith = (...confirm: readonly Start['confirm'][]) =>
	fc.record({
		start: fc.record({confirm: fc.constantFrom(...confirm), isReadOnly, size: startSize}),
		world: worlds,
		opening: fc.constantFrom([picture], [picture, types('a')]),
	});
export const starts = startsWith('auto', 'auto', 'auto', 'always', 'never');
export const startsAsked = startsWith('auto', 'always', 'always', 'never');
