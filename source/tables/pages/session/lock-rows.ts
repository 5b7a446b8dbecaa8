import {lockGraphOf} from '../../../domain/locks/lock-graph.js';
import type {SessionLock} from '../../../domain/locks/lock-row.js';
import {blocksWords, freesWords} from '../../../domain/locks/words/frees-words.js';
import {withLocks} from '../../../domain/locks/words/graph-with.js';
import {waitsForWords} from '../../../domain/locks/words/waits-for-words.js';
import type {RowId} from '../../../domain/row-id.js';
import type {Snapshot} from '../../../domain/server/snapshot.js';
import type {Inspection} from '../../../domain/session/inspection.js';
import {ageSince} from '../../../domain/session/time.js';
import {rowName} from '../../../domain/session/words/row-name.js';
import {age} from '../../../domain/text/format.js';
import {sessions} from '../../../views/sessions/view.js';

type NamedRow = readonly [name: string, value: string | undefined];

/** How many of those who wait for it are named. */
const mostNamed = 20;

const withoutVerb = (words: string | undefined) => words?.replace(/^\w+ /, '');

/** For whom it waits, who waits for it, and what its end would free, by the locks that were read with it. */
export function blockRows(
	{backend, locks, at}: Inspection,
	before: Snapshot | undefined,
): readonly NamedRow[] {
	if (!locks || !before) return [];
	const picture = withLocks(before, locks);
	const {sights, blockedBy, freesOf, holdersFor, isCut} = lockGraphOf(picture);
	const sight = sights.get(backend.id);
	if (!sight) return [];
	const names = new Map(sessions.rows(picture).map(one => [one.id, rowName(one)]));
	const named = (ids: readonly RowId[]) => {
		const all = ids.map(id => names.get(id) ?? id).toSorted();
		return `${all.slice(0, mostNamed).join(', ')}${all.length > mostNamed ? ', ...' : ''}`;
	};
	const holders = holdersFor(backend.id);
	const blocks = withoutVerb(blocksWords(sight.blocks, isCut));
	return [
		['waits', waitsForWords(sight, backend, picture, at)],
		['held by', holders.length > 1 ? named(holders) : undefined],
		['blocks', sight.blocks === 0 ? undefined : `${blocks}: ${named(blockedBy(backend.id))}`],
		['frees', withoutVerb(freesWords(freesOf(backend.id)))],
	];
}

/** The locks that it holds and waits for, those that it waits for first. */
export function heldRows({sessionLocks = [], at}: Inspection): readonly NamedRow[] {
	const first = sessionLocks.findIndex(({isGranted}) => isGranted);
	return sessionLocks.map((lock, index): NamedRow => {
		const name = !lock.isGranted ? 'waits' : index === first ? 'holds' : '';
		return [name, heldWords(lock, at)];
	});
}

function heldWords({mode, on, count, since}: SessionLock, at: number): string {
	const waited = since === undefined ? '' : `, for ${age(ageSince(since, at) ?? 0)}`;
	return `${mode} on ${on}${count > 1 ? ` (${count})` : ''}${waited}`;
}
