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

const sinceWhen = {
	idle: ({state, stateChange}: Backend) => (isIdleInTransaction(state) ? stateChange : undefined),
	query: ({state, queryStart}: Backend) => (state === states.active ? queryStart : undefined),
};

/** The client sessions for which this began first. In one pass: it is drawn with each picture, and there may be ten thousand. */
function firstOf({backends, ownPid}: Snapshot, since: (backend: Backend) => number | undefined) {
	const first: {readonly backend: Backend; readonly start: number}[] = [];
	for (const backend of backends) {
		const start = since(backend);
		if (start === undefined || backend.kind !== 'client' || backend.pid === ownPid) continue;
		if (first.length === most && start >= (first.at(-1)?.start ?? 0)) continue;
		first.push({backend, start});
		first.sort((one, other) => one.start - other.start);
		if (first.length > most) first.pop();
	}

	return first.map(({backend}) => backend);
}

/** Who has been idle in its transaction for longest, and whose query runs for longest. */
export const longestBlocks = (picture: Snapshot): readonly Block[] => [
	{
		title: [{text: 'idle in transaction for longest', styles: ['bold']}],
		lines: linesOf(picture, 'idle'),
	},
	{
		title: [{text: 'queries that run for longest', styles: ['bold']}],
		lines: linesOf(picture, 'query'),
	},
];

function linesOf(picture: Snapshot, what: keyof typeof sinceWhen): readonly Line[] {
	const first = firstOf(picture, sinceWhen[what]);
	const lines = first.map(backend => lineOf(backend, picture, what));
	const none: Line = [{text: first.length === 0 ? 'none' : '', styles: ['dim']}];
	return [...lines, none, [], []].slice(0, most);
}

function lineOf(backend: Backend, {at}: Snapshot, what: keyof typeof sinceWhen): Line {
	const {pid, user = '?', database = '-', query} = backend;
	const since = what === 'idle' ? stateAge(backend, at) : queryAge(backend, at);
	const words = since === undefined || since === '?' ? '?' : roughAge(since / 1000);
	const isOpen = what === 'idle' && typeof since === 'number' && since >= longWait;
	return [
		{text: `${String(pid).padStart(7)} ${fit(`${user}@${database}`, 16)} `},
		{text: words.padStart(4), ...(isOpen && {styles: ['open']})},
		{text: ` ${query ? shownText(query) : ''}`},
	];
}
