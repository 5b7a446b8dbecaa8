import type {Age} from '../../session/time.js';
import {ageSince} from '../../session/time.js';
import type {Snapshot, Standby} from '../snapshot.js';

export type WorstLag = {
	/** Absent where this server is the one that lags. */
	readonly standby?: Standby;
	/** How far behind, in microseconds; 0 where everything that was received is replayed. */
	readonly time?: Exclude<Age, undefined>;
	/** WAL not replayed yet. */
	readonly bytes?: number;
};

/** The standby that is furthest behind. One that has replayed everything is not behind, whatever it last said of the time. */
const lagOf = (standby: Standby): WorstLag & {readonly rank: number} => {
	const {lagBytes, replayLag} = standby;
	const time = lagBytes === 0 ? 0 : replayLag;
	return {
		standby,
		...(time !== undefined && {time}),
		...(lagBytes !== undefined && {bytes: lagBytes}),
		rank: time ?? -1,
	};
};

/** The longest way behind: on a standby its own, elsewhere that of its standbys. Undefined where there are none, and where nothing is known of it. */
export function worstLag({standbys = [], receiver, at, server: {recovery}}: Snapshot): WorstLag | undefined {
	if (recovery === 'STANDBY' || recovery === 'PAUSED') {
		const isCurrent = receiver?.isCaughtUp && receiver.isReceiving;
		const time = isCurrent ? 0 : ageSince(receiver?.replayedAt, at);
		return time === undefined ? undefined : {time};
	}

	const told = standbys.map(lagOf).filter(({time, bytes}) => time !== undefined || bytes !== undefined);
	const [worst] = told.toSorted((a, b) => b.rank - a.rank || (b.bytes ?? 0) - (a.bytes ?? 0));
	if (!worst) return undefined;
	const {rank: _, ...lag} = worst;
	return lag;
}
