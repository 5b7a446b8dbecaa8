import type {ServerFacts} from '../server/snapshot.js';
import type {Inspection} from './inspection.js';

/** All that such a statement does is ignored where rows are removed, also while it waits for its table. With FULL or ANALYZE it does more. */
const isVacuumOnly = (text: string) =>
	/^\s*(?:autovacuum: )?vacuum\b(?!.*\b(?:full|analy[sz]e)\b)/is.test(text);

/** How old the snapshot of a session is, and what that means for others; nothing of one that nobody waits for. */
export function snapshotWords(
	{backend, xminAge, isVacuuming}: Inspection,
	role: ServerFacts['role'],
): string | undefined {
	const {kind, database, query} = backend;
	if (xminAge === undefined || isVacuuming || isVacuumOnly(query?.text ?? '')) return undefined;
	const isOfStandby = kind === 'walsender' && database === undefined;
	const whose = isOfStandby ? "its standby's (hot_standby_feedback), " : '';
	const old = `${whose}${xminAge} transaction${xminAge === 1 ? '' : 's'} old`;
	// On a standby it depends on its settings whether anybody keeps rows for it.
	if (role !== 'PRIMARY') return old;
	const where = isOfStandby || database === undefined ? '' : 'in its database ';
	return `${old}: ${where}VACUUM can't remove rows that died since`;
}
