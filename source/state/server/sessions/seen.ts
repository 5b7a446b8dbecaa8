import type {RowId} from '../../../domain/row-id.js';
import type {Snapshot} from '../../../domain/server/snapshot.js';
import type {Backend} from '../../../domain/session/backend.js';
import {type SeenSessions, type SeenStatement, seenOf} from '../../../domain/session/seen.js';
import {states} from '../../../domain/session/states.js';
import {isFastpath, isRunning} from '../../../domain/session/time.js';
import {shorten} from '../../../domain/text/shorten.js';

/** How many statements of a session are kept. */
const most = 3;

/** How much of a text is kept, in UTF-16 units: there may be ten thousand sessions. */
const longest = 200;

/** How many sessions are kept apart, because they have run something since. */
const mostRecent = 1000;

/**
What has been seen of the sessions, once the picture `next` has come after `before`.

Called for each picture, with all sessions: one that is the same object as before has nothing new, and one without a text has nothing to tell.
*/
export function seenAfter(seen: SeenSessions, before: Snapshot | undefined, next: Snapshot): SeenSessions {
	if (!before) return seen;
	// Most stand where they stood. To find one by its id takes longer.
	const moved = before.backends.filter(
		(backend, index) => backend !== next.backends[index] && hasStatement(backend),
	);
	if (moved.length === 0) return seen;
	const told = new Map(moved.map(backend => [backend.id, backend]));
	let recent: Map<RowId, readonly SeenStatement[]> | undefined;
	for (const backend of next.backends.filter((one, index) => one !== before.backends[index])) {
		const was = told.get(backend.id);
		if (!was || was === backend || isSameStatement(was, backend)) continue;
		const known = recent?.get(backend.id) ?? seenOf(seen, backend.id);
		recent ??= new Map(seen.recent);
		recent.set(backend.id, withStatement(known, statementOf(was, before, backend)));
	}

	return recent ? tidied({recent, older: seen.older}, next) : seen;
}

/** What is known of sessions that have ended is forgotten here. */
function tidied(seen: SeenSessions, {backends}: Snapshot): SeenSessions {
	const {recent} = seen;
	if (recent.size <= Math.min(mostRecent, 2 * backends.length)) return seen;
	const older = new Map<RowId, readonly SeenStatement[]>();
	for (const {id} of backends) {
		const statements = seenOf(seen, id);
		if (statements.length > 0) older.set(id, statements);
	}

	return {recent: new Map(), older};
}

/** The text of a fastpath call is that of the query before. That of an idle session comes and goes with the window, so it tells nothing. */
const hasStatement = (backend: Backend) =>
	backend.state !== states.idle &&
	backend.query !== undefined &&
	backend.query.text !== '' &&
	backend.queryStart !== undefined &&
	!isFastpath(backend);

/** Still shown with its text, so that it is not a thing of the past. */
const isSameStatement = (was: Backend, backend: Backend) =>
	was.queryStart === backend.queryStart && hasStatement(backend);

/** A piece of a text keeps the whole of it in memory, and a copy does not. */
const copied = (text: string) => JSON.parse(JSON.stringify(text)) as string;

function statementOf(was: Backend, before: Snapshot, backend: Backend): SeenStatement {
	const {query, queryStart = before.at} = was;
	const text = shorten(query?.text ?? '', longest);
	const kept = {text: text === query?.text ? text : copied(text), queryStart};
	if (!isRunning(was)) {
		const {stateChange: endedAt} = was;
		return {...kept, lastRun: queryStart, ...(endedAt !== undefined && {endedAt})};
	}

	const lastRun = Math.max(before.at, queryStart);
	if (backend.queryStart !== queryStart)
		return {...kept, lastRun, ...(backend.queryStart !== undefined && {endedBy: backend.queryStart})};
	// It was the query of a call that has come since.
	if (isFastpath(backend))
		return {...kept, lastRun, ...(backend.stateChange !== undefined && {endedBy: backend.stateChange})};
	return {...kept, lastRun, ...(backend.stateChange !== undefined && {endedAt: backend.stateChange})};
}

/** What was said of a statement when it had just ended stays: a fastpath call since has changed what its session says. */
const withStatement = (known: readonly SeenStatement[], last: SeenStatement): readonly SeenStatement[] =>
	known.at(-1)?.queryStart === last.queryStart ? known : [...known, last].slice(-most);
