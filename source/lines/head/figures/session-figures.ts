import type {Tone} from '../../../domain/list/style.js';
import type {Micros} from '../../../domain/micros.js';
import type {HorizonHolder, XminHorizon} from '../../../domain/server/figures/xmin-horizon.js';
import type {Snapshot} from '../../../domain/server/snapshot.js';
import type {Thresholds} from '../../../domain/server/thresholds.js';
import {type Age, ageSince} from '../../../domain/session/time.js';
import {age, count} from '../../../domain/text/format.js';
import {fit, pad} from '../../../domain/text/width.js';
import type {Facts} from './facts.js';
import type {Figure} from './figure.js';

const minute = 60e6;

/** From when on it is old to be idle in transaction, and a transaction is, in microseconds. */
const [oldIdle, oldTransaction] = [minute, 10 * minute];

const isOver = (found: Age, limit: number) => found !== undefined && found !== '?' && found > limit;

/** What the client sessions are at, and what that holds up. */
export function sessionFigures(snapshot: Snapshot, facts: Facts): readonly Figure[] {
	const {running, waiting, inTransaction, idle, idlest} = facts.counts;
	const isOld = isOver(ageSince(idlest?.stateChange, snapshot.at), oldIdle);
	const counted = (rank: number, label: string, number: number, tone?: Tone): Figure => ({
		rank,
		label,
		isCount: true,
		...countText(snapshot, facts, number),
		tone,
	});
	return [
		counted(1, 'active', running),
		counted(2, 'lockwait', waiting, waiting > 0 ? 'hurts' : undefined),
		counted(3, 'idle-tx', inTransaction, isOld ? 'open' : undefined),
		{...counted(5, 'idle', idle), isQuiet: true},
		longestFigure(facts),
		...horizonFigure(snapshot, facts),
		autovacuumFigure(facts),
	];
}

/** What can't be seen may be any of them: then a count is the least. */
function countText({server}: Snapshot, {counts: {told, untold}}: Facts, number: number) {
	const text = untold === 0 ? String(number) : told === 0 ? '?' : `>=${number}`;
	const width = String(server.maxConnections).length + (untold > 0 ? 2 : 0);
	return {text: text.padStart(width), isQuiet: number === 0 && untold === 0};
}

/** Room for an age, and for a pid or a name. */
const [ageWidth, whoWidth] = [6, 8];

function longestFigure({longest, counts}: Facts): Figure {
	const none = counts.untold === 0 ? '-' : '?';
	const text = longest ? `${longest.isLeast ? '>=' : ''}${age(longest.age)}` : none;
	const who = longest?.prepared ? 'prepared' : longest?.backend?.pid;
	return {
		rank: 4,
		label: 'longest tx',
		shortLabel: 'tx',
		text: pad(`${text.padStart(ageWidth)}${who === undefined ? '' : ` of ${who}`}`, ageWidth + 4 + whoWidth),
		tone: isOver(longest?.age, oldTransaction) ? 'open' : undefined,
		isQuiet: !longest && none === '-',
	};
}

const holderWidth = 12;

/** How far back rows are kept, and for whom. Of a standby it is not known: its sessions keep rows on its primary. */
function horizonFigure({at, server}: Snapshot, {horizon, thresholds}: Facts): readonly Figure[] {
	if (server.recovery !== 'PRIMARY') return [];
	const text = horizon
		? `${count(horizon.age).padStart(4)} by ${fit(holderName(horizon.holder), holderWidth)}`
		: pad('   -', 4 + 4 + holderWidth);
	return [
		{
			rank: 6,
			label: 'horizon',
			text,
			tone: horizon && isOldHorizon(horizon, at, thresholds) ? 'open' : undefined,
		},
	];
}

function isOldHorizon(
	{age: xids, holder}: XminHorizon,
	at: Micros,
	{horizonXids, horizonTime}: Thresholds,
): boolean {
	const begun = holder.type === 'session' ? holder.backend.xactStart : undefined;
	return xids >= horizonXids || isOver(ageSince(begun, at), horizonTime);
}

function holderName(holder: HorizonHolder): string {
	switch (holder.type) {
		case 'session':
			return String(holder.backend.pid);
		case 'standby':
			return `standby ${holder.backend.pid}`;
		case 'slot':
			return `slot ${holder.slot.name}`;
		case 'prepared':
			return 'prepared';
	}
}

function autovacuumFigure({autovacuum: {running, most}}: Facts): Figure {
	const text = `${running}/${most ?? '?'}`;
	const width = 2 * String(most ?? 0).length + 1;
	return {rank: 7, label: 'autovac', text: text.padStart(width), isQuiet: running === 0};
}
