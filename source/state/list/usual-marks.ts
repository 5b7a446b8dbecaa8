import type {Marks, Row} from '../../domain/list/row.js';
import type {Backend} from '../../domain/session/backend.js';
import {isProcess} from '../../domain/session/kind.js';
import {maySignal, type Rights} from '../../domain/session/rights.js';
import {sessions} from '../../views/sessions/view.js';
import type {State} from '../state.js';

/** What is said of a row by its place in the list, and whatever happens: on the screen, and in plain output. */
export function usualMarks({screen: {rows, branches, tags}, server}: State, index: number): Marks {
	const row = rows[index];
	if (!row) return {};
	const flag = tagFlag(row, tags) ?? rightsFlag(row, server.rights) ?? blockerFlag(row);
	const use = row.isGone ? undefined : server.uses?.get(row.value.id);
	const workers = workersUnder(rows, index);
	const indent = `${branches.get(row.value.id) ?? ''}${isUnderLeader(rows, index) ? '`- ' : ''}`;
	return {
		...(flag && {flag}),
		...(use && {use}),
		...(workers > 0 && {workers}),
		...(indent !== '' && {indent}),
		// Who holds what others wait for does harm by doing nothing.
		...(sessions.isQuiet?.(row.value) && !row.lock && {isQuiet: true}),
	};
}

/** How many workers stand under a row and have not gone. */
function workersUnder(rows: readonly Row<Backend>[], index: number): number {
	const leader = rows[index]?.value.pid;
	let count = 0;
	for (let next = index + 1; leader !== undefined && rows[next]?.value.leaderPid === leader; next++)
		if (!rows[next]?.isGone) count++;
	return count;
}

function isUnderLeader(rows: readonly Row<Backend>[], index: number): boolean {
	const leader = rows[index]?.value.leaderPid;
	if (leader === undefined) return false;
	let before = index - 1;
	while (rows[before]?.value.leaderPid === leader) before--;
	return rows[before]?.value.pid === leader;
}

/** The mark beside a pid: `*` says that c and k are for it, and others. */
const tagFlag = ({value: {id}}: Row<Backend>, tags: State['screen']['tags']) =>
	tags.has(id) ? ('*' as const) : undefined;

/** `-` says, before any key, that this role may not signal the session. */
const rightsFlag = ({value: backend, isGone}: Row<Backend>, rights: Rights | undefined) =>
	!isGone && rights && isProcess(backend.kind) && !maySignal(backend, rights) ? ('-' as const) : undefined;

/** `#` says that others wait for it. */
const blockerFlag = ({isGone, lock}: Row<Backend>) =>
	!isGone && lock?.isBlocker ? ('#' as const) : undefined;
