import {type LockGraph, lockGraphOf} from '../../../locks/lock-graph.js';
import {preparedId} from '../../../locks/prepared-session.js';
import {blocksWords, freesWords, letsGoOnWords} from '../../../locks/words/frees-words.js';
import {losesNothing} from '../../../locks/words/loses-nothing.js';
import {preparedWords, waitedFor, waitedWords} from '../../../locks/words/waits-for-words.js';
import type {RowId} from '../../../row-id.js';
import type {Backend} from '../../../session/backend.js';
import {shortState} from '../../../session/states.js';
import {ageSince, isRunning, timeOf} from '../../../session/time.js';
import {age, spanWords} from '../../../text/format.js';
import type {Snapshot} from '../../snapshot.js';
import type {Thresholds} from '../../thresholds.js';
import type {Finding} from '../finding.js';
import {cheapCancel} from './cheap-cancel.js';

/** How many of those who block are told one by one. */
const mostRoots = 10;

/** The wait that began first behind this one, in words, where it is longer than `longest`. */
function oldestWait(
	{sights, blockedBy}: LockGraph,
	root: RowId,
	at: number,
	longest: number,
): string | undefined {
	let oldest: {readonly words: string; readonly waited: number} | undefined;
	for (const id of blockedBy(root)) {
		const wait = sights.get(id)?.wait;
		const told = wait && waitedFor(wait, at);
		if (!wait || typeof told !== 'number' || told <= (oldest?.waited ?? longest)) continue;
		oldest = {words: waitedWords(wait, at), waited: told};
	}

	return oldest?.words;
}

/** Who blocks others and waits for nobody, the worst first. */
export function blockedAlarm(picture: Snapshot, {lockWait}: Thresholds): readonly Finding[] {
	const graph = lockGraphOf(picture);
	const blocking = graph.roots.flatMap(id => {
		const since = oldestWait(graph, id, picture.at, lockWait);
		return since === undefined ? [] : [{id, since}];
	});
	const told = blocking.slice(0, mostRoots).map(({id, since}) => findingOn(graph, picture, id, since));
	const others = blocking.length - told.length;
	return others === 0
		? told
		: [
				...told,
				{
					isRed: true,
					text: `${others} more block${others === 1 ? 's' : ''} others for over ${spanWords(lockWait)}`,
					more: 'the filter lock>1s lists all that wait',
				},
			];
}

function findingOn(graph: LockGraph, picture: Snapshot, id: RowId, since: string): Finding {
	const {who, does, ends, pid} = partyOf(picture, id);
	const blocks = blocksWords(graph.sights.get(id)?.blocks ?? 0, graph.isCut);
	const more = [freesWords(graph.freesOf(id)), ends, cancelWords(graph, picture, id)];
	return {
		isRed: true,
		text: `${who} ${blocks} since ${since}${does === '' ? '' : `: ${does}`}`,
		more: more.filter(words => words !== undefined).join('; '),
		id,
		...(pid !== undefined && {pid}),
	};
}

type Party = {
	readonly who: string;
	/** What it does, and for how long. */
	readonly does: string;
	/** How it can be ended. */
	readonly ends?: string;
	readonly pid?: number;
};

function partyOf(picture: Snapshot, id: RowId): Party {
	const {backends, prepared = [], at} = picture;
	const backend = backends.find(one => one.id === id);
	if (backend)
		return {
			who: String(backend.pid),
			does: doesWords(backend, at),
			pid: backend.pid,
			...(backend.kind === 'client' && {ends: endWords(backend)}),
		};
	const transaction = prepared.find(one => preparedId(one) === id);
	if (!transaction) return {who: 'a prepared transaction', does: ''};
	const {gid, owner, database, preparedAt} = transaction;
	return {
		who: preparedWords(gid),
		does: `prepared ${age(ageSince(preparedAt, at) ?? 0)} ago`,
		ends: `${gid} of ${owner}: COMMIT PREPARED or ROLLBACK PREPARED in ${database} ends it`,
	};
}

/** Its state, and TIME as the list has it. */
function doesWords(backend: Backend, at: number): string {
	const time = timeOf(backend, at);
	const state = backend.state === undefined ? backend.type : shortState(backend.state);
	return [state, time === undefined ? undefined : age(time)].filter(word => word !== undefined).join(' ');
}

const endWords = (backend: Backend) =>
	`k ends it, which loses its work${isRunning(backend) ? '; c cancels its query only' : ''}`;

/** Of those that wait for it, one that many wait for in turn: without that one they would go on. */
function cancelWords(graph: LockGraph, {backends}: Snapshot, root: RowId): string | undefined {
	const cheap = cheapCancel(graph, root);
	const backend = cheap && backends.find(one => one.id === cheap.id);
	if (!backend) return undefined;
	const loses = losesNothing(backend) ? 'and loses nothing' : 'and aborts its transaction';
	return `c on ${backend.pid}, which waits, ${letsGoOnWords(cheap.frees)}, ${loses}`;
}
