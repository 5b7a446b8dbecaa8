import {lockGraphOf} from '../../../domain/locks/lock-graph.js';
import type {SessionLock} from '../../../domain/locks/lock-row.js';
import {blocksWords, freesWords} from '../../../domain/locks/words/frees-words.js';
import {withLocks} from '../../../domain/locks/words/graph-with.js';
import {waitsForWords} from '../../../domain/locks/words/waits-for-words.js';
import type {Snapshot} from '../../../domain/server/snapshot.js';
import type {Inspection} from '../../../domain/session/inspection.js';
import {ageSince} from '../../../domain/session/time.js';
import {age} from '../../../domain/text/format.js';

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
	const {sights, blockedBy, freesOf, isCut} = lockGraphOf(picture);
	const sight = sights.get(backend.id);
	if (!sight) return [];
	const ids = new Set(sight.blocks === 0 ? [] : blockedBy(backend.id));
	const pids = picture.backends.flatMap(({id, pid}) => (ids.has(id) ? [pid] : []));
	const named = `${pids.slice(0, mostNamed).join(', ')}${pids.length > mostNamed ? ', ...' : ''}`;
	return [
		['waits for', waitsForWords(sight, backend, picture, at)?.replace(/^for /, '')],
		['blocks', sight.blocks === 0 ? undefined : `${withoutVerb(blocksWords(sight.blocks, isCut))}: ${named}`],
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
