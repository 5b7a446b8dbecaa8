import type {Micros} from '../micros.js';
import type {Backend} from '../session/backend.js';
import {busySessions} from './busy-sessions.js';
import type {Snapshot, Standby} from './snapshot.js';

/** A standby as the pictures of this run have seen it. */
export type NoticedStandby = {
	readonly name: string;
	readonly client?: string;
	/** How many of this name and address there are, and how many there were at most. */
	readonly count: number;
	readonly most: number;
	/** When one of them was missed first. */
	readonly goneAt?: Micros;
	/** A place in the WAL that not all of them have replayed yet, and when the WAL was there. */
	readonly mark?: {readonly walBytes: number; readonly at: Micros};
};

/** What only several pictures together tell. */
export type Noticed = {
	/** Since when each commit has been seen to wait for a standby. */
	readonly syncWaits: ReadonlyMap<string, Micros>;
	readonly standbys: ReadonlyMap<string, NoticedStandby>;
	/** What was read last of the standbys: they have a pace of their own. */
	readonly read?: Snapshot['standbys'];
};

export const nothingNoticed: Noticed = {syncWaits: new Map(), standbys: new Map()};

export const isSyncWait = ({wait, state}: Backend) => state === 'active' && wait?.name === 'SyncRep';

/** One commit of one session. */
export const commitOf = ({id, queryStart}: Backend) => `${id} ${queryStart}`;

/** By its name and address: after a reconnect it has another walsender. */
export const standbyKey = ({name, client}: Pick<Standby, 'name' | 'client'>) => `${name} ${client}`;

/** A base backup and the like come and go. */
const isLasting = ({state}: Standby) => state === 'streaming' || state === 'catchup';

/** What is known after one more picture. */
export function noticedAfter(before: Noticed, picture: Snapshot): Noticed {
	const waiting = busySessions(picture).filter(isSyncWait);
	const syncWaits = new Map(
		waiting.map(one => [commitOf(one), before.syncWaits.get(commitOf(one)) ?? picture.at] as const),
	);
	const {standbys: read} = picture;
	if (!read || read === before.read) return {...before, syncWaits};
	return {syncWaits, standbys: standbysAfter(before.standbys, picture, read), read};
}

function standbysAfter(
	before: Noticed['standbys'],
	{walBytes, at}: Snapshot,
	standbys: readonly Standby[],
): Noticed['standbys'] {
	if (standbys.length === 0 && before.size === 0) return before;
	const after = new Map<string, NoticedStandby>();
	for (const [key, one] of before) after.set(key, {...one, count: 0});
	for (const standby of standbys) {
		if (!isLasting(standby)) continue;
		const key = standbyKey(standby);
		const known = after.get(key);
		const count = (known?.count ?? 0) + 1;
		const {name, client} = standby;
		after.set(key, {
			name,
			...(client !== undefined && {client}),
			...known,
			count,
			most: Math.max(count, known?.most ?? 0),
		});
	}

	for (const [key, {goneAt, mark: _, ...one}] of after) {
		const all = standbys.filter(standby => standbyKey(standby) === key);
		const mark = markAfter(before.get(key)?.mark, all, walBytes, at);
		const isGone = one.count < one.most;
		after.set(key, {...one, ...(mark && {mark}), ...(isGone && {goneAt: goneAt ?? at})});
	}

	return after;
}

/** The mark stays until all have come by; then it is set to where the WAL is now. */
function markAfter(
	mark: NoticedStandby['mark'],
	standbys: readonly Standby[],
	walBytes: number | undefined,
	at: Micros,
): NoticedStandby['mark'] {
	const behind = standbys.map(({lagBytes}) => lagBytes).filter(bytes => bytes !== undefined);
	if (walBytes === undefined || behind.length === 0) return undefined;
	const replayed = walBytes - Math.max(...behind);
	return mark && replayed < mark.walBytes ? mark : {walBytes, at};
}

/** How long a standby has been behind at least, in microseconds; 0 where it has replayed all bytes: by what it says itself, and by when the WAL was where it has not come yet. */
export function lagTime(standby: Standby, {standbys}: Noticed, at: Micros): number {
	const {lagBytes = 0, replayLag = 0} = standby;
	if (lagBytes === 0) return 0;
	const mark = standbys.get(standbyKey(standby))?.mark;
	return Math.max(replayLag, mark ? at - mark.at : 0);
}
