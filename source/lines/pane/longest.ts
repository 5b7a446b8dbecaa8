import {busySessions} from '../../domain/server/busy-sessions.js';
import {countSessions} from '../../domain/server/count-sessions.js';
import type {Snapshot} from '../../domain/server/snapshot.js';
import type {Backend} from '../../domain/session/backend.js';
import {isIdleInTransaction, states} from '../../domain/session/states.js';
import {queryAge, stateAge} from '../../domain/session/time.js';
import {shownText} from '../../domain/session/words/shown-text.js';
import {roughAge} from '../../domain/text/format.js';
import {fit} from '../../domain/text/width.js';
import type {Line} from '../line.js';
import type {Block} from './box.js';

const most = 3;
const longWait = 60_000_000;

type First = {readonly backend: Backend; readonly start: number}[];

/** Keeps those that began first, the oldest at the head. */
function keepFirst(first: First, backend: Backend, start: number): void {
	if (first.length === most && start >= (first[most - 1]?.start ?? 0)) return;
	first.push({backend, start});
	first.sort((one, other) => one.start - other.start);
	if (first.length > most) first.pop();
}

/** The client sessions that have been at it for longest. In one pass: it is drawn with each picture, and there may be ten thousand. */
function longestOf(picture: Snapshot): {readonly idle: First; readonly query: First} {
	const idle: First = [];
	const query: First = [];
	for (const backend of busySessions(picture)) {
		const {state, stateChange, queryStart, kind, pid} = backend;
		if (kind !== 'client' || pid === picture.ownPid) continue;
		if (isIdleInTransaction(state) && stateChange !== undefined) keepFirst(idle, backend, stateChange);
		if (state === states.active && queryStart !== undefined) keepFirst(query, backend, queryStart);
	}

	return {idle, query};
}

/** Who has been idle in its transaction for longest, and whose query runs for longest. */
export function longestBlocks(picture: Snapshot, width: number): readonly Block[] {
	const {idle, query} = longestOf(picture);
	return [
		{
			title: [{text: 'idle in transaction for longest', styles: ['bold']}],
			lines: linesOf(idle, picture, 'idle', width),
		},
		{
			title: [{text: 'queries that run for longest', styles: ['bold']}],
			lines: linesOf(query, picture, 'query', width),
		},
	];
}

/** What can't be seen never counts as none. */
const noneWords = ({backends, ownPid, at}: Snapshot) =>
	countSessions(backends, ownPid, at).untold > 0 ? 'none that this role may see' : 'none';

type What = 'idle' | 'query';

function linesOf(first: First, picture: Snapshot, what: What, width: number): readonly Line[] {
	const whoCells = Math.max(16, Math.min(24, Math.floor(width / 4)));
	const lines = first.map(({backend}) => lineOf(backend, picture, what, whoCells));
	const none: Line = [{text: noneWords(picture), styles: ['dim']}];
	return [...(lines.length === 0 ? [none] : lines), [], [], []].slice(0, most);
}

function lineOf(backend: Backend, {at}: Snapshot, what: What, whoCells: number): Line {
	const {pid, user = '?', database = '-', query} = backend;
	const since = what === 'idle' ? stateAge(backend, at) : queryAge(backend, at);
	const words = since === undefined || since === '?' ? '?' : roughAge(since / 1000);
	const isOpen = what === 'idle' && typeof since === 'number' && since >= longWait;
	return [
		{text: `${String(pid).padStart(7)} ${fit(`${user}@${database}`, whoCells)} `},
		{text: words.padStart(4), ...(isOpen && {styles: ['open']})},
		{text: ` ${query ? shownText(query) : ''}`},
	];
}
