import type {ServerFacts} from '../../server/snapshot.js';
import type {Inspection} from '../inspection.js';

/** The server keeps no rows for the snapshot of such a statement, not even while it waits for its table. With FULL or ANALYZE it does more. */
const isVacuumOnly = (text: string) =>
	/^\s*(?:autovacuum: )?vacuum\b(?!.*\b(?:full|analy[sz]e)\b)/is.test(text);

/** How old the snapshot of a session is, and what that means for others; undefined where the server keeps no rows for it. Only of the one that is the oldest of all it is said that VACUUM waits for it. */
export function snapshotWords(
	{backend, xminAge, isVacuuming, isOldest}: Inspection,
	recovery: ServerFacts['recovery'],
): string | undefined {
	const {kind, database, query} = backend;
	if (xminAge === undefined || isVacuuming || isVacuumOnly(query?.text ?? '')) return undefined;
	const isOfStandby = kind === 'walsender' && database === undefined;
	const whose = isOfStandby ? "its standby's snapshot (hot_standby_feedback)" : 'its snapshot';
	const old = `${whose} is ${xminAge} transaction${xminAge === 1 ? '' : 's'} old`;
	// On a standby, its settings decide whether anybody keeps rows for the snapshot.
	return isOldest && xminAge > 0 && recovery === 'PRIMARY' ? `${old}: vacuum can't clean up behind it` : old;
}
