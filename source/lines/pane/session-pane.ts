import type {Row} from '../../domain/list/row.js';
import type {Backend} from '../../domain/session/backend.js';
import {type SeenStatement, seenOf} from '../../domain/session/seen.js';
import {states} from '../../domain/session/states.js';
import {isFastpath, isRunning} from '../../domain/session/time.js';
import {cutWords, shownText} from '../../domain/session/words/shown-text.js';
import {tookWords} from '../../domain/session/words/took-words.js';
import {timeOfDay} from '../../domain/text/format.js';
import {cut, pad, widthOf} from '../../domain/text/width.js';
import {wrap} from '../../domain/text/wrap.js';
import {pictureOf} from '../../state/picture.js';
import {intervalOf} from '../../state/server/interval.js';
import type {State} from '../../state/state.js';
import {type Line, textOf} from '../line.js';
import type {Block} from './box.js';
import {blocksFact, lockWaitFact} from './lock-facts.js';
import {
	agesLine,
	connectedFact,
	type Fact,
	processFact,
	transactionFact,
	waitFact,
	whoLine,
} from './session-words.js';

const mostSeen = 3;
const labelWidth = 8;

/** The pane of one session, in columns of so many cells. In two the query has a column of its own; in one what is known of the session stands under as much of the query as fits. */
export function sessionBlocks(
	state: State,
	row: Row<Backend>,
	widths: readonly number[],
	height: number,
): readonly (readonly Block[])[] {
	const [width = 0, second] = widths;
	const {isAscii} = state.settings;
	const picture = pictureOf(state);
	const zone = picture?.server.zone;
	const use = state.server.uses?.get(row.value.id);
	const wait = lockWaitFact(row, picture) ?? waitFact(row.value);
	const locks = blocksFact(row, picture);
	const transaction = transactionFact(row, zone);
	const uses = use && processFact(use);
	const title = whoLine(row.value);
	const note = noteOf(state, row, isAscii);
	const seen = seenOf(state.server.seen, row.value.id);
	if (second !== undefined) {
		const query = queryLines(row.value, seen, width, height);
		const login = connectedFact(row, zone);
		// Each in its line, also where a transaction comes and goes.
		const known = [wait, locks, transaction ?? login, uses ?? (transaction && login)].flatMap(fact =>
			fact ? [labelled(fact)] : [],
		);
		const now = [...known, [], [], []].slice(0, height - mostSeen - 1);
		return [
			[{title, ...query}],
			[
				{title: bold('now'), note, lines: now},
				{
					title: bold('seen of it before'),
					note: [{text: `every ${intervalOf(state) / 1000}s`, styles: ['dim']}],
					lines: seenLines(seen, second, zone?.offsetSeconds),
				},
			],
		];
	}

	const before = seenLines(seen, width - labelWidth).map(
		(line, index): Line => [{text: pad(index === 0 ? 'before' : '', labelWidth), styles: ['dim']}, ...line],
	);
	const now = [...joined([wait, locks, transaction], width), ...(uses ? [labelled(uses)] : [])].slice(
		0,
		height - before.length - 1,
	);
	const room = height - now.length - before.length;
	const query = queryLines(row.value, seen, width, room);
	const lines = [...query.lines, ...Array.from({length: room - query.lines.length}, (): Line => [])];
	return [[{title, note, ...query, lines: [...lines, ...now, ...before]}]];
}

const bold = (text: string): Line => [{text, styles: ['bold']}];

const labelled = ({label, words}: Fact): Line => [{text: pad(label, labelWidth), styles: ['dim']}, ...words];

/** As many in one line as it has room for. */
function joined(facts: readonly (Fact | undefined)[], width: number): readonly Line[] {
	const lines: Line[] = [];
	for (const fact of facts) {
		if (!fact) continue;
		const last = lines.at(-1);
		const line: Line = [...(last ?? []), {text: `  ${fact.label} `, styles: ['dim']}, ...fact.words];
		if (last && widthOf(textOf(line)) <= width) lines[lines.length - 1] = line;
		else lines.push(labelled(fact));
	}

	return lines;
}

/** Of a session that is not there any more, or may not be, no age goes on. */
function noteOf({server}: State, row: Row<Backend>, isAscii: boolean): Line {
	if (row.isGone) return [{text: row.isOfBefore ? 'stale' : 'gone'}];
	return server.link.type === 'up' && !row.isOfBefore ? agesLine(row, isAscii) : [{text: 'stale'}];
}

/** As much of the query as fits in so many lines; the foot says what is missing. */
function queryLines(
	backend: Backend,
	seen: readonly SeenStatement[],
	width: number,
	height: number,
): Pick<Block, 'lines' | 'foot'> & {readonly lines: readonly Line[]} {
	const {label, text, isMissing} = queryOf(backend, seen);
	const wrapped = wrap(`${label}${text}`, width);
	const isLong = wrapped.length > height;
	const shown = wrapped.slice(0, height);
	const last = shown.at(-1);
	if (isLong && last !== undefined) shown[height - 1] = `${pad(cut(last, width - 1), width - 1)}~`;
	const {query} = backend;
	const foot = !query
		? undefined
		: query.cut
			? `${query.bytes} bytes, ${cutWords(query.cut)}`
			: isLong || query.isPart
				? `${query.bytes} bytes: Enter shows the rest`
				: undefined;
	const [first = '', ...others] = shown;
	const lines: readonly Line[] = isMissing
		? shown.map((line): Line => [{text: line, styles: ['dim']}])
		: [
				[{text: first.slice(0, label.length), styles: ['dim']}, {text: first.slice(label.length)}],
				...others.map((line): Line => [{text: line}]),
			];
	return {lines, ...(foot !== undefined && {foot: [{text: foot, styles: ['dim']}]})};
}

type Told = {readonly label: string; readonly text: string; readonly isMissing?: true};

/** The text of an idle session comes only once it is on the screen, but a picture may have caught it while it ran. */
function queryOf(backend: Backend, seen: readonly SeenStatement[]): Told {
	const {isVisible, query, queryStart, state, isUnread, prepared} = backend;
	const missing = (text: string): Told => ({label: '', text, isMissing: true});
	if (prepared) return missing('COMMIT PREPARED or ROLLBACK PREPARED ends it: Enter shows both');
	if (!isVisible) return missing('this role may not see what it does: Enter says what to grant');
	if (query && query.text !== '') {
		const label = isFastpath(backend)
			? 'before this call: '
			: isRunning(backend) || backend.state === undefined
				? ''
				: 'last: ';
		return {label, text: shownText(query)};
	}

	if (state === states.disabled) return missing('not tracked: track_activities is off for it');
	const last = seen.findLast(one => one.queryStart === queryStart);
	if (last) return {label: 'last: ', text: last.text};
	if (state === states.idle && query) return missing('it has run no query yet');
	if (state === states.idle) return missing('no picture has caught its last query: Enter shows it');
	return missing(isUnread ? "its query can't be read" : '');
}

/** What ran before, each with how long it took; with when it began where there is room for that. */
function seenLines(seen: readonly SeenStatement[], width: number, offsetSeconds = 0): readonly Line[] {
	if (seen.length === 0) return [[{text: 'nothing seen yet', styles: ['dim']}]];
	return seen
		.slice(-mostSeen)
		.map(
			(statement): Line => [
				...(width >= 70
					? [{text: `${timeOfDay(statement.queryStart, offsetSeconds)}  `, styles: ['dim'] as const}]
					: []),
				{text: `${`ran ${tookWords(statement)}`.padStart(15)}  `},
				{text: statement.text},
			],
		);
}
