import {intervalWords} from '../../domain/server/pace.js';
import type {Snapshot} from '../../domain/server/snapshot.js';
import type {Thresholds} from '../../domain/server/thresholds.js';
import {ageSince} from '../../domain/session/time.js';
import {age, timeOfDay, uptime} from '../../domain/text/format.js';
import {cutMiddle, pad, widthOf} from '../../domain/text/width.js';
import {fitLine, type Line, type Span, styled, textOf} from '../line.js';
import {factsOf} from './figures/facts.js';
import type {Heading} from './heading.js';

/** What may be left out. `target`: the server's name is cut to no less, in cells; Infinity: not at all. */
type Room = {
	readonly [part in 'name' | 'version' | 'lag' | 'uptime' | 'every' | 'zone' | 'wholeLabel']: boolean;
} & {readonly target: number};

const whole: Room = {
	name: true,
	target: Infinity,
	version: true,
	lag: true,
	uptime: true,
	every: true,
	zone: true,
	wholeLabel: true,
};

/** What yields first. Role, interval and clock are left however narrow it is, and so is the label of a server that is production. */
const yielding: readonly Partial<Room>[] = [{uptime: false}, {target: 16}, {version: false}];
const yieldingWhenNarrow: readonly Partial<Room>[] = [{zone: false}, {lag: false}];
const yieldingLast: readonly Partial<Room>[] = [
	{target: 3},
	{target: 0},
	{zone: false},
	{lag: false},
	{name: false},
	{every: false},
	{wholeLabel: false},
];

/** Narrower than this the zone goes before the name of the server. In cells. */
const narrow = 60;

/** The first line, in inverse: who and what server, and when. */
export function titleBar(heading: Heading, width: number): Line {
	const order = [...yielding, ...(width < narrow ? yieldingWhenNarrow : []), ...yieldingLast];
	let room = whole;
	let line = lineIn(heading, room, width);
	for (const yielded of order) {
		if (line) break;
		room = {...room, ...yielded};
		line = lineIn(heading, room, width);
	}

	return styled(fitLine(line ?? [], width), 'inverse');
}

/** Undefined where there is not that much room. */
function lineIn(heading: Heading, room: Room, width: number): Line | undefined {
	const blanks = ' '.repeat(room.target < closest ? 1 : 2);
	const right = [everyText(heading, room.every), clockText(heading, room.zone)].filter(isText).join(blanks);
	const others = [versionSpans(heading, room), roleSpans(heading, room), uptimeSpans(heading, room)];
	const leftWith = (name: string): Line =>
		[nameSpans(name, room), ...others]
			.filter(part => part.length > 0)
			.flatMap((part, index) => (index === 0 ? part : [{text: blanks}, ...part]));
	const left = leftWith(heading.target);
	const over = cellsIn(left) + blanks.length + widthOf(right) - width;
	if (over <= 0) return spread(left, right, width);
	const cells = widthOf(heading.target) - over;
	if (room.target > 0)
		return cells < room.target ? undefined : spread(leftWith(cutMiddle(heading.target, cells)), right, width);
	const nameless = leftWith('');
	return cellsIn(nameless) + blanks.length + widthOf(right) > width
		? undefined
		: spread(nameless, right, width);
}

/** Where the name is cut to less than this, one blank parts the words. */
const closest = 16;

const isText = (text: string) => text !== '';

const cellsIn = (line: Line) => widthOf(textOf(line));

const spread = (left: Line, right: string, width: number): Line => [
	...left,
	{text: ' '.repeat(Math.max(1, width - cellsIn(left) - widthOf(right)))},
	{text: right},
];

const bold = (text: string): Span => ({text, styles: ['bold']});

/** Bold, too: without colours it stands out all the same. */
const red = (text: string): Span => ({text, styles: ['bold', 'hurts']});

function nameSpans(name: string, room: Room): Line {
	const parts = [...(room.name ? [bold('pgtop')] : []), ...(name === '' ? [] : [{text: name}])];
	return parts.flatMap((part, index) => (index === 0 ? [part] : [{text: ' '}, part]));
}

const versionSpans = ({snapshot}: Heading, room: Room): Line =>
	snapshot && room.version ? [{text: `PG ${snapshot.server.version}`}] : [];

/** The role, of a standby with its lag, whether it is production, and whether signals are sent. */
function roleSpans({snapshot, isProduction, isReadOnly, isDryRun, thresholds}: Heading, room: Room): Line {
	const mode = isReadOnly ? 'READ-ONLY' : isDryRun ? 'DRY-RUN' : undefined;
	const words = [
		...(snapshot ? [bold(snapshot.server.recovery ?? 'ROLE ?')] : []),
		...(snapshot && room.lag ? lagSpans(snapshot, thresholds) : []),
		...(isProduction ? [red(room.wholeLabel ? 'PRODUCTION' : 'PROD')] : []),
		...(mode ? [bold(mode)] : []),
	];
	return words.flatMap((word, index) => (index === 0 ? [word] : [{text: ' '}, word]));
}

/** As wide in every picture. */
function lagSpans(snapshot: Snapshot, thresholds: Thresholds): Line {
	const {lag} = factsOf(snapshot, thresholds);
	if (snapshot.server.recovery === 'PRIMARY' || lag?.time === undefined) return [];
	const isLate = lag.time !== '?' && lag.time > thresholds.standbyLag;
	const text = `lag ${pad(age(lag.time), lagWidth)}`;
	return [isLate ? red(text) : {text}];
}

const lagWidth = 6;

function uptimeSpans({snapshot}: Heading, room: Room): Line {
	const running = snapshot && ageSince(snapshot.server.startedAt, snapshot.at);
	return running === undefined || !room.uptime ? [] : [{text: `up ${uptime(running)}`}];
}

function everyText({interval}: Heading, hasWord: boolean): string {
	if (interval === undefined) return '';
	return `${hasWord ? 'every ' : ''}${intervalWords(interval.chosen, interval.inForce)}`;
}

/** The server's clock in the zone of its log. */
function clockText({snapshot}: Heading, hasZone: boolean): string {
	if (!snapshot) return '';
	const {name, offsetSeconds} = snapshot.server.zone ?? {name: 'UTC', offsetSeconds: 0};
	const time = timeOfDay(snapshot.at, offsetSeconds);
	return hasZone ? `${time} ${name}` : time;
}
