import fc from 'fast-check';
import {test} from 'vitest';
import type {Question} from '../../source/state/state.js';
import {backend, invisible, processOf} from '../helpers/backend.js';
import {down, esc, lookingAt, type Play} from '../helpers/play.js';

const sender = processOf(60, 'walsender', {state: 'active'});
const pool = [sender, invisible(69), backend(4401, {wait: {type: 'IPC', name: 'SyncRep'}}), backend(4388)];

type Move = {readonly name: string; readonly bytes?: string; readonly ms?: number; go(moment: Play): Play};

const named = (name: string, go: Move['go']): Move => ({name, go});
const keys = fc
	.constantFrom(
		'y',
		'y',
		'y',
		'y',
		'k',
		'k',
		'c',
		'yy',
		'yk',
		'n',
		'\r',
		esc,
		down,
		'q',
		'\u001BO',
		'\u001By',
	)
	.map((bytes): Move => ({name: JSON.stringify(bytes), bytes, go: moment => moment.types(bytes)}));
const times = fc
	.constantFrom(1, 20, 49, 50, 51, 200, 250, 299, 300, 350, 700, 800, 2000, 30_000)
	.map((ms): Move => ({name: `waits ${ms}`, ms, go: moment => moment.waits(ms)}));
const draws = named('draws', moment => moment.draws());
const reads = named('reads', moment =>
	moment.reads(pool.find(({pid}) => pid === moment.given('inspect').at(-1)?.pid)),
);
const rest = fc.constantFrom(
	draws,
	draws,
	reads,
	reads,
	named('reads nothing', moment => moment.reads()),
	named('picture', moment => moment.picture(pool)),
	named('empty picture', moment => moment.picture([])),
	named('lost', moment => moment.does({type: 'lost', why: 'gone'})),
	named('linked', moment => moment.does({type: 'linked'})),
	named('unrecorded', moment => {
		const number = moment.signals().at(-1)?.number ?? 0;
		return moment.does({type: 'unrecorded', number, why: 'full'});
	}),
);
const moves = fc.array(
	fc.oneof({weight: 4, arbitrary: keys}, {weight: 5, arbitrary: times}, {weight: 6, arbitrary: rest}),
	{minLength: 8, maxLength: 45},
);

const shown = ({state}: Play): Question | undefined => {
	const {layer} = state.screen;
	return layer.type === 'question' && layer.facts ? layer : undefined;
};

/** Two questions with the same facts read are the same, whatever else changed in them. */
const isSame = (one: Question | undefined, other: Question | undefined) => one?.facts === other?.facts;

/** What was read when, and since when the question that was open then had been on the screen. */
type Read = {
	readonly at: number;
	readonly bytes: string;
	readonly drawnFor: number;
	readonly asked?: Question;
};

test('whatever happens, only a lone y to a question read for 300 ms sends what must be asked', () => {
	const starts = fc.constantFrom(
		...pool.map(session =>
			lookingAt(session, {others: pool.filter(one => one !== session), confirm: 'always'})
				.types('k')
				.waits(50),
		),
	);
	fc.assert(
		fc.property(starts, moves, (start, all) => {
			let moment = start;
			let drawnAt = Infinity;
			const typed: Read[] = [];
			for (const {name, bytes, go} of all) {
				const asked = shown(moment);
				if (bytes !== undefined) {
					typed.push({at: moment.now, bytes, drawnFor: moment.now - drawnAt, ...(asked && {asked})});
				}

				const after = go(moment);
				if (!shown(after) || !isSame(asked, shown(after))) drawnAt = Infinity;
				if (name === 'draws' && shown(after)) drawnAt = Math.min(drawnAt, after.now);
				moment = after;
			}

			for (const {at, command} of moment.waits(100).commands) {
				if (command.type !== 'signal') continue;
				const index = typed.findLastIndex(read => read.at < at);
				const read = typed[index];
				const gap = (read?.at ?? 0) - (typed[index - 1]?.at ?? -Infinity);
				const isRight =
					read?.bytes === 'y' &&
					at - read.at >= 50 &&
					gap >= 50 &&
					read.drawnFor >= 300 &&
					read.asked?.facts?.backend.id === command.order.target.id &&
					read.asked.signal === command.order.signal;
				if (!isRight) throw new Error(`sent at ${at}: ${JSON.stringify(all.map(({name}) => name))}`);
			}
		}),
		{numRuns: 1500},
	);
});
