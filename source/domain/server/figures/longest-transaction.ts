import type {Prepared} from '../../locks/prepared.js';
import type {Backend} from '../../session/backend.js';
import {type Age, ageSince} from '../../session/time.js';
import type {SessionCounts} from '../count-sessions.js';
import type {Snapshot} from '../snapshot.js';

export type LongestTransaction = {
	readonly age: Exclude<Age, undefined>;
	/** There may be an older one, of a session that can't be seen or whose start nobody can tell. */
	readonly isLeast: boolean;
} & (
	| {readonly backend: Backend; readonly prepared?: never}
	| {readonly prepared: Prepared; readonly backend?: never}
);

/** The oldest transaction of all client sessions and of all that are prepared; undefined where none is seen. */
export function longestTransaction(
	{at, prepared = []}: Snapshot,
	{oldest, untold, hasUnknownAge}: SessionCounts,
): LongestTransaction | undefined {
	const [first] = prepared.toSorted((a, b) => a.preparedAt - b.preparedAt);
	const isPrepared = first !== undefined && first.preparedAt < (oldest?.xactStart ?? Infinity);
	const age = ageSince(isPrepared ? first.preparedAt : oldest?.xactStart, at);
	if (age === undefined) return undefined;
	const told = {age, isLeast: age !== '?' && (untold > 0 || hasUnknownAge)};
	if (isPrepared) return {...told, prepared: first};
	return oldest && {...told, backend: oldest};
}
