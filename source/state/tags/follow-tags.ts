import type {RowId} from '../../domain/row-id.js';
import type {Snapshot} from '../../domain/server/snapshot.js';
import type {Backend} from '../../domain/session/backend.js';
import type {Aimed} from '../../domain/signal/aimed.js';
import type {Signalled} from '../../domain/signal/signalled.js';
import type {State} from '../state.js';
import {withScreen} from '../step.js';
import {sayUntagged} from './drop-tags.js';

/** Tags are on sessions: in a new picture each stays with its own, and falls away where that has ended. */
export function followTags(state: State, picture: Snapshot): State {
	const {tags} = state.screen;
	const listed = new Set(picture.backends.map(({id}) => id));
	if ([...tags.keys()].every(id => listed.has(id))) return state;
	const byPid = new Map(picture.backends.map(backend => [backend.pid, backend]));
	const kept = new Map<RowId, Aimed>();
	const ended: number[] = [];
	for (const [id, aimed] of tags) {
		const next = byPid.get(aimed.backend.pid);
		const again = listed.has(id) ? ([id, aimed] as const) : next && againOf(id, aimed, next, picture);
		if (again) kept.set(...again);
		else if (!isTold(state, id)) ended.push(aimed.backend.pid);
	}

	const dropped = withScreen(state, {tags: kept});
	if (ended.length === 0) return dropped;
	const {untagged} = state.status;
	const before = untagged?.why === 'ended' ? untagged.pids : [];
	return sayUntagged(dropped, {why: 'ended', pids: [...before, ...ended]});
}

/**
Rights were granted or revoked since, and the session has another id: the tag goes with it.

What was seen of it once is kept while less is seen: only that tells later whether another session has come in its place.
*/
function againOf(
	id: RowId,
	aimed: Aimed,
	next: Backend,
	{at, server: {startedAt}}: Snapshot,
): readonly [RowId, Aimed] | undefined {
	const {backend} = aimed;
	const wasVisible = backend.isVisible && backend.id === id;
	if (next.userId !== backend.userId || next.isVisible === wasVisible) return undefined;
	if (wasVisible) return [next.id, aimed];
	if (backend.isVisible) return next.id === backend.id ? [next.id, aimed] : undefined;
	// Who had its pid at that time has it still.
	const wasThere = next.backendStart !== undefined && next.backendStart <= aimed.at;
	return wasThere ? [next.id, {backend: next, at, ...(startedAt !== undefined && {startedAt})}] : undefined;
}

/** Whether the outcome of a signal says that the session has ended, or will. */
const isTold = ({server}: State, id: RowId) =>
	server.signals.some(signalled => signalled.order.target.id === id && tellsEnd(signalled));

function tellsEnd({phase}: Signalled): boolean {
	if (phase.type !== 'over') return true;
	const {outcome} = phase.sighting;
	return (
		outcome.type === 'ended' ||
		outcome.type === 'ended by k' ||
		outcome.type === 'had ended already' ||
		(outcome.type === 'not known' && outcome.since === 'gone')
	);
}
