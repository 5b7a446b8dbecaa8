import {type LockGraph, lockGraphOf} from '../../../locks/lock-graph.js';
import type {LockWait} from '../../../locks/lock-sight.js';
import {longBlockers, mostNamed} from '../../../locks/long-blockers.js';
import {preparedId} from '../../../locks/prepared-session.js';
import {cancelWords} from '../../../locks/words/cancel-words.js';
import {blocksWords, freesWords} from '../../../locks/words/frees-words.js';
import {isOneQuery} from '../../../locks/words/loses-words.js';
import {preparedWords, waitedWords} from '../../../locks/words/waits-for-words.js';
import type {RowId} from '../../../row-id.js';
import type {Backend} from '../../../session/backend.js';
import {shortState} from '../../../session/states.js';
import {ageSince, isRunning, sinceAge, xactAge} from '../../../session/time.js';
import {age, spanWords} from '../../../text/format.js';
import type {Snapshot} from '../../snapshot.js';
import type {Thresholds} from '../../thresholds.js';
import type {Finding} from '../finding.js';
import {cheapCancel} from './cheap-cancel.js';

const second = 1e6;

/** Who blocks others and waits for nobody, the worst first. */
export function blockedAlarm(picture: Snapshot, {lockWait}: Thresholds): readonly Finding[] {
	const graph = lockGraphOf(picture);
	const blocking = longBlockers(graph, picture.at, lockWait);
	const told = blocking
		.slice(0, mostNamed)
		.map(({id, wait}) => findingOn(graph, picture, id, sinceWords(wait, id, picture)));
	const others = blocking.length - told.length;
	return others === 0
		? told
		: [
				...told,
				{
					isRed: true,
					text: `${others} more block${others === 1 ? 's' : ''} others for over ${spanWords(lockWait)}`,
					more: 't shows them all, and who waits for whom',
				},
			];
}

/** How long it has blocked: the longest wait behind it. Who has done something since then may have got the lock only since: the one that waits may have waited for another before. */
function sinceWords(wait: LockWait, id: RowId, {backends, prepared = [], at}: Snapshot): string {
	const backend = backends.find(one => one.id === id);
	const restsSince =
		backend === undefined
			? prepared.find(one => preparedId(one) === id)?.preparedAt
			: isRunning(backend)
				? undefined
				: backend.stateChange;
	const isSure = restsSince !== undefined && wait.since !== undefined && restsSince <= wait.since;
	return waitedWords(isSure ? wait : {...wait, isSinceGuessed: true}, at);
}

function findingOn(graph: LockGraph, picture: Snapshot, id: RowId, since: string): Finding {
	const {who, does, open = '', ends, pid} = partyOf(picture, id);
	const blocks = blocksWords(graph.sights.get(id)?.blocks ?? 0, graph.isCut);
	const text = `${who} ${blocks} since ${since}${does === '' ? '' : `: ${does}`}`;
	const more = [
		freesWords(graph.freesOf(id)),
		ends,
		cheapCancelWords(graph, picture, id),
		replayWords(graph, picture, id),
	];
	return {
		isRed: true,
		text: `${text}${open}`,
		...(open !== '' && {short: text}),
		more: more.filter(words => words !== undefined).join('; '),
		id,
		...(pid !== undefined && {pid}),
	};
}

type Party = {
	readonly who: string;
	/** What it does, and for how long. */
	readonly does: string;
	/** How long its transaction is open, where that is longer. */
	readonly open?: string;
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
			...doesWords(backend, at),
			pid: backend.pid,
			...(backend.kind === 'client' && {ends: endWords(backend)}),
			...(backend.kind === 'unsignallable' && {ends: `SQL can't end the ${backend.type}`}),
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

/** Its state and since when, and its transaction where that is older: who has just got the lock may have waited long itself. */
function doesWords(backend: Backend, at: number): Pick<Party, 'does' | 'open'> {
	const state = backend.state === undefined ? backend.type : shortState(backend.state);
	const [since, open] = [sinceAge(backend, at), xactAge(backend, at)].map(one =>
		typeof one === 'number' ? one : undefined,
	);
	const does = [state, since === undefined ? undefined : age(since)];
	const isOlder = open !== undefined && since !== undefined && open > since + second;
	return {
		does: does.filter(word => word !== undefined).join(' '),
		...(isOlder && {open: `, in tx ${age(open)}`}),
	};
}

/** What its keys do, and what they cost. */
function endWords(backend: Backend): string {
	const {xid, xactStart} = backend;
	const lost = !backend.isVisible
		? 'this role may not see what is lost with it'
		: xactStart === undefined
			? 'no transaction is open'
			: xid === undefined
				? 'it has written nothing'
				: 'what it has written is lost';
	const ends = `k ends it: ${lost}`;
	if (!isRunning(backend)) return ends;
	return isOneQuery(backend)
		? `c is enough, its query is all of its transaction; ${ends}`
		: `c aborts its transaction, unless a savepoint takes it; ${ends}`;
}

/** Of those that wait for it, one that many wait for in turn: without that one they would go on. */
function cheapCancelWords(graph: LockGraph, {backends}: Snapshot, root: RowId): string | undefined {
	const cheap = cheapCancel(graph, root);
	const backend = cheap && backends.find(one => one.id === cheap.id);
	return backend && cancelWords(backend, graph);
}

/** On a standby what the primary did may wait for a query. */
function replayWords({sights, blockedBy}: LockGraph, {backends}: Snapshot, root: RowId): string | undefined {
	const startup = backends.find(({type}) => type === 'startup');
	const waits = startup && sights.get(startup.id)?.wait && blockedBy(root).includes(startup.id);
	return waits ? 'the replay of this standby waits behind it' : undefined;
}
