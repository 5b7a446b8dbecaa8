import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Backend} from '../../source/domain/backend.js';
import {rowWith} from '../../source/domain/list/row.js';
import {verdictOn} from '../../source/domain/signal/verdict.js';
import type {State} from '../../source/state/state.js';
import {nextWake} from '../../source/state/wake.js';
import {backend, idleBackend, invisible, noon, ownPid, processOf} from '../helpers/backend.js';
import {down, end, esc, home, type Play, pageDown, pageUp, play, up} from '../helpers/play.js';

/** What may be in a picture; two of them have the same pid. */
const pool: readonly Backend[] = [
	backend(4388),
	backend(4388, {backendStart: noon}),
	backend(4402, {queryStart: noon, xactStart: noon}),
	backend(4211, {state: 'idle in transaction'}),
	idleBackend(4403),
	backend(ownPid),
	invisible(4404),
	processOf(51, 'checkpointer'),
	processOf(60, 'walsender', {state: 'active'}),
	processOf(4405, 'parallel worker', {leaderPid: 4388, state: 'active'}),
	backend(4406, {wait: {type: 'IPC', name: 'SyncRep'}}),
];

type Move = {
	readonly name: string;
	/** What is read in it. */
	readonly bytes?: string;
	go(moment: Play): Play;
};

const types = (bytes: string): Move => ({
	name: JSON.stringify(bytes),
	bytes,
	go: moment => moment.types(bytes),
});

const typing = fc
	.constantFrom(
		'k',
		'k',
		'c',
		'c',
		'y',
		'y',
		'K',
		'j',
		'kk',
		`k${down}`,
		`${down}k`,
		'\u001Bk',
		'\u001B[200~k\u001B[201~',
	)
	.map(types);
const others = fc
	.constantFrom(
		down,
		down,
		up,
		pageUp,
		pageDown,
		home,
		end,
		esc,
		'\u001B[',
		...'iaRp<>r+-?hxL',
		'\r',
		'\u0003',
	)
	.map(types);
const time = fc
	.oneof(fc.constantFrom(1, 30, 49, 50, 51, 199, 200, 250, 700, 2000), fc.nat(9000))
	.map((ms): Move => ({name: `waits ${ms}`, go: moment => moment.waits(ms)}));
const stall = fc.nat(300).map((ms): Move => ({name: `stalls ${ms}`, go: moment => moment.stalls(ms)}));
const draws: Move = {name: 'draws', go: moment => moment.draws()};
const looks: Move = {name: 'looks at it', go: moment => moment.draws().waits(250)};
const picture = fc.uniqueArray(fc.constantFrom(...pool)).chain(backends =>
	fc.constantFrom(0, 0, 0, 7).map(
		(started): Move => ({
			name: `picture of ${backends.map(({pid}) => pid).join()}`,
			go: moment => moment.picture(backends, {server: {startedAt: started}}),
		}),
	),
);
const link = fc.constantFrom<Move>(
	{name: 'lost', go: moment => moment.does({type: 'lost', why: 'gone'})},
	{name: 'linked', go: moment => moment.does({type: 'linked'})},
	{name: 'link failed', go: moment => moment.does({type: 'link-failed', why: 'refused'})},
	{name: 'sample failed', go: moment => moment.does({type: 'sample-failed', why: 'timeout'})},
	{name: 'resumed', go: moment => moment.does({type: 'resumed'})},
	{name: 'small', go: moment => moment.does({type: 'resized', size: {columns: 39, rows: 9}})},
	{name: 'large', go: moment => moment.does({type: 'resized', size: {columns: 80, rows: 12}})},
);
/** The session that was inspected last, as it is in the pool. */
const asked = (moment: Play) => pool.find(({pid}) => pid === moment.given('inspect').at(-1)?.pid);

const answer = fc.constantFrom<Move>(
	{name: 'sends', go: moment => moment.sends()},
	{name: 'no row', go: moment => moment.holdsBack()},
	{name: 'held back', go: moment => moment.holdsBack(pool[0])},
	{name: 'unknown', go: moment => moment.answers({type: 'unknown'})},
	{name: 'sees all', go: moment => moment.sees(...pool)},
	{name: 'sees none', go: moment => moment.sees()},
	{name: 'reads it', go: moment => moment.reads(asked(moment))},
	{name: 'reads it', go: moment => moment.reads(asked(moment))},
	{name: 'reads nothing', go: moment => moment.reads()},
	{name: 'inspect failed', go: moment => moment.does({type: 'inspect-failed', why: 'timeout'})},
	{name: 'look failed', go: moment => moment.does({type: 'look-failed'})},
);
const moves = fc.array(
	fc.oneof(
		{weight: 6, arbitrary: typing},
		{weight: 4, arbitrary: others},
		{weight: 4, arbitrary: time},
		{weight: 1, arbitrary: stall},
		{weight: 3, arbitrary: fc.constant(draws)},
		{weight: 4, arbitrary: fc.constant(looks)},
		{weight: 4, arbitrary: picture},
		{weight: 1, arbitrary: link},
		{weight: 2, arbitrary: answer},
	),
	{minLength: 10, maxLength: 60},
);

/** What was read when, and what the program was then. */
type Read = {readonly at: number; readonly bytes: string; readonly state: State};

function playAll(start: Play, all: readonly Move[]) {
	const reads: Read[] = [];
	let moment = start;
	for (const {bytes, go} of all) {
		if (bytes !== undefined) reads.push({at: moment.now, bytes, state: moment.state});
		moment = go(moment);
	}

	const {commands} = moment.waits(3000);
	const sent = commands.flatMap(({at, command}) =>
		command.type === 'signal' ? [{at, order: command.order}] : [],
	);
	return {reads, sent};
}

const withFirstPicture = fc.constantFrom(
	play({size: {columns: 80, rows: 12}})
		.picture(pool)
		.types('a'),
	play().picture(pool),
	play({isReadOnly: true}).picture(pool),
);

test('whatever happens, a signal comes of one lone key, for the row that was looked at', () => {
	fc.assert(
		fc.property(withFirstPicture, moves, (start, all) => {
			const {reads, sent} = playAll(start, all);
			for (const {at, order} of sent) {
				const index = reads.findLastIndex(read => read.at < at);
				const key = reads[index];
				if (!key) throw new Error('a signal without a key');
				const {state} = key;
				const {layer} = state.screen;
				// One byte, alone for 50 ms before and after it.
				expect(key.bytes).toBe(layer.type === 'question' ? 'y' : order.signal === 'cancel' ? 'c' : 'k');
				expect(at - key.at).toBeGreaterThanOrEqual(50);
				expect(key.at - (reads[index - 1]?.at ?? -Infinity)).toBeGreaterThanOrEqual(50);
				expect(state.server.link.type).toBe('up');
				expect(state.settings.isReadOnly).toBe(false);
				expect(pool.some(({id, pid}) => id === order.target.id && pid === order.target.pid)).toBe(true);
				if (layer.type === 'question') {
					// The answer to a question that was read, about the session whose facts it shows.
					expect(key.at - (layer.drawnAt ?? Infinity)).toBeGreaterThanOrEqual(300);
					expect(layer.facts?.backend.id).toBe(order.target.id);
					expect(layer.signal).toBe(order.signal);
					continue;
				}

				// For the selected row, which was on the screen as it was looked at, and of which the key may dispose.
				const row = rowWith(state.screen.rows, order.target.id);
				expect(state.screen.selected).toBe(order.target.id);
				expect(row?.isGone).toBe(false);
				expect(key.at - (state.screen.drawn?.looks[0]?.drawnAt ?? Infinity)).toBeGreaterThanOrEqual(200);
				expect(state.screen.drawn?.id).toBe(order.target.id);
				expect(layer.type).toBe('table');
				const forbidden = pool.filter(one => verdictOn('terminate', one, ownPid, noon).type !== 'go');
				expect(forbidden.map(({id}) => id)).not.toContain(order.target.id);
			}
		}),
		{numRuns: 1500},
	);
});

test('whatever happens, it comes to rest: after a wake the next one is later', () => {
	fc.assert(
		fc.property(moves, all => {
			let moment = all.reduce((before, {go}) => go(before), play().picture(pool));
			for (let wakes = 0; wakes < 50; wakes++) {
				const wake = nextWake(moment.state);
				if (wake === undefined) return;
				moment = moment.stalls(Math.max(0, wake - moment.now)).does({type: 'wake'});
				expect(nextWake(moment.state) ?? Infinity).toBeGreaterThan(moment.now);
			}
		}),
		{numRuns: 300},
	);
});

test('whatever bytes are read, nothing throws', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.uint8Array({maxLength: 6}), fc.nat(400))), all => {
			const start = play().picture(pool).types(down).looksAtIt();
			const typed = all.reduce((before, [bytes, ms]) => before.types(bytes).waits(ms), start);
			expect(typed.state.screen.rows.length).toBeGreaterThan(0);
		}),
	);
});
