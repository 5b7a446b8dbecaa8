import type {Micros} from '../../domain/micros.js';
import {countSessions, type SessionCounts} from '../../domain/server/count-sessions.js';
import type {Rates} from '../../domain/server/rates.js';
import {slotsTaken} from '../../domain/server/slots-taken.js';
import type {Snapshot} from '../../domain/server/snapshot.js';
import {ageSince, xactAge} from '../../domain/session/time.js';
import {age, count, percent, timeOfDay, uptime} from '../../domain/text/format.js';
import {cutMiddle, widthOf} from '../../domain/text/width.js';
import {fitLine, type Line, partsLine} from '../line.js';

export type Heading = {
	readonly target: string;
	readonly snapshot?: Snapshot | undefined;
	readonly rates: Rates;
	/** Chosen and in force, in milliseconds; undefined in plain output. */
	readonly interval?: {readonly chosen: number; readonly inForce: number};
	readonly isReadOnly: boolean;
	readonly isDryRun?: boolean;
};

/** The first `count` lines of the header, each exactly `width` cells. */
export function headerLines(heading: Heading, width: number, count: number): readonly Line[] {
	const lines = [serverLine(heading, width), sessionsLine(heading, width), ratesLine(heading, width)];
	return lines.slice(0, count);
}

const seconds = (ms: number) => `${ms / 1000}s`;

const every = ({interval}: Heading) =>
	interval === undefined
		? ''
		: `every ${seconds(interval.chosen)}${interval.inForce > interval.chosen ? `>${Math.ceil(interval.inForce / 1000)}s` : ''}`;

/** The server's clock in the zone of its log. */
function clockOf({at, server: {zone}}: Snapshot): string {
	const {name, offsetSeconds} = zone ?? {name: 'UTC', offsetSeconds: 0};
	return `${timeOfDay(at, offsetSeconds)} ${name}`;
}

const joinWords = (words: readonly string[], blanks: number) =>
	words.filter(word => word !== '').join(' '.repeat(blanks));

/** Role, interval and clock never yield. The uptime goes first, then the target is cut in its middle, then the version goes, then the target is cut further. */
function serverLine(heading: Heading, width: number): Line {
	const {snapshot, target, isReadOnly, isDryRun} = heading;
	const right = [every(heading), snapshot ? clockOf(snapshot) : ''];
	const role = joinWords(
		[
			snapshot ? (snapshot.server.recovery ?? 'ROLE ?') : '',
			isReadOnly ? 'READ-ONLY' : isDryRun ? 'DRY-RUN' : '',
		],
		1,
	);
	const version = snapshot ? `PG ${snapshot.server.version}` : '';
	const running = snapshot && ageSince(snapshot.server.startedAt, snapshot.at);
	const up = running === undefined ? '' : `up ${uptime(running)}`;
	const end = joinWords(right, 2);
	const room = width - widthOf(`pgtop ${end}`) - 1;
	const named = (words: readonly string[]) => {
		const others = widthOf(joinWords(['', ...words], 2));
		return joinWords([cutMiddle(target, Math.max(leastTarget, room - others - 2)), ...words], 2);
	};
	const left = [joinWords([target, version, role, up], 2), named([version, role]), named([role])].find(
		words => widthOf(words) <= room,
	);
	return left === undefined ? narrowLine(target, role, right, width) : spread(left, end, width);
}

/** The target is cut to no less than this before the version makes room for it. In cells. */
const leastTarget = 16;

function narrowLine(target: string, role: string, right: readonly string[], width: number): Line {
	const end = joinWords(right, 1);
	const room = width - widthOf(`pgtop ${role} ${end}`) - 1;
	const shown = room < 0 ? role.replace(/ (?:READ-ONLY|DRY-RUN)$/, '') : role;
	return spread(joinWords([room < 3 ? '' : cutMiddle(target, room), shown], 1), end, width);
}

const spread = (left: string, right: string, width: number): Line =>
	fitLine(
		[
			{text: 'pgtop', styles: ['bold']},
			{text: ` ${left}`},
			{text: ' '.repeat(Math.max(1, width - widthOf(`pgtop ${left}${right}`)))},
			{text: right},
		],
		width,
	);

function sessionsLine({snapshot}: Heading, width: number): Line {
	if (!snapshot) return fitLine([], width);
	const {ownPid, server, at} = snapshot;
	const counts = countSessions(snapshot.backends, ownPid, at);
	const {untold, told} = counts;
	const atLeast = (number: number) => (untold === 0 ? String(number) : told === 0 ? '?' : `>=${number}`);
	const {running, waiting, idle, inTransaction} = counts;
	const oldest = longest(counts, at);
	const slots = slotsTaken(snapshot);
	const parts = (name: string) => [
		`${slots.isLeast ? '>=' : ''}${slots.count}/${server.maxConnections} conn`,
		`${atLeast(running)} active${waiting > 0 ? ` (${atLeast(waiting)} lockwait)` : ''}`,
		`${atLeast(idle)} idle`,
		`${atLeast(inTransaction)} idle-tx`,
		`${name} ${oldest}`,
	];
	const whole = parts('longest tx');
	return partsLine(widthOf(joinWords(whole, 2)) <= width ? whole : parts('tx'), width);
}

/** A transaction from before the clock was set back has no age, and may be older. */
function longest({oldest, untold, hasUnknownAge}: SessionCounts, at: Micros): string {
	if (!oldest) return untold === 0 ? '-' : '?';
	const since = xactAge(oldest, at) ?? 0;
	const isLeast = since !== '?' && (untold > 0 || hasUnknownAge);
	return `${oldest.pid} ${isLeast ? '>=' : ''}${age(since)}`;
}

function ratesLine({snapshot, rates}: Heading, width: number): Line {
	if (!snapshot) return fitLine([], width);
	return partsLine(
		[
			`tps ${rates.tps === undefined ? '-' : count(rates.tps)}`,
			`hit ${rates.hitRatio === undefined ? '-' : percent(rates.hitRatio)}`,
		],
		width,
	);
}
