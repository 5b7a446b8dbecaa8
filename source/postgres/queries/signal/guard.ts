import {isWithoutQuery, knownStates, states} from '../../../domain/session/states.js';
import type {HeldBy} from '../../../domain/signal/look.js';
import {isOwnerTold, type Order, type Target} from '../../../domain/signal/target.js';
import {type GuardedReason, guardedReasons} from '../../../domain/signal/verdict/reason.js';
import {cutFrom, type SpecialText, specialPatterns} from '../../../domain/signal/verdict/special.js';
import {integer, micros} from '../integer.js';
import {hashOf} from '../parts/columns.js';

/** The text of the session `s` as ASCII, whatever its encoding: no other text function takes every byte. */
const escapedText = `(encode(textsend(s.query), 'escape') collate "C")`;

/** An `E''` literal: standard_conforming_strings may be off. */
const literal = (text: string) => `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const isText = (what: SpecialText) => `${escapedText} ~* ${literal(specialPatterns[what])}`;

/** The commands of pg_stat_progress_create_index that work CONCURRENTLY: CREATE INDEX and REINDEX. */
const concurrentCommands = "('2'::int8, '4'::int8)";

/** In 12 the server began to tell how far CREATE INDEX is. */
export const firstWithIndexProgress = 12;

/**
Whether a reason to ask holds for the session `s`, by what it runs now. An idle session, and one in a fastpath call, shows the text of an ended query. A wait for the standby goes on now, whatever the state.

`queryLimit` is track_activity_query_size in bytes.
*/
export function reasonText(reason: GuardedReason, major: number, queryLimit: number): string {
	const holds = {
		standby: "s.wait_event_type = 'IPC' and s.wait_event = 'SyncRep'",
		index:
			major < firstWithIndexProgress
				? 'false'
				: `s.pid in (select p.pid from pg_catalog.pg_stat_get_progress_info('CREATE INDEX') p where p.param1 in ${concurrentCommands})`,
		statement: isText('statement'),
		comment: `octet_length(s.query) >= ${integer(cutFrom(queryLimit), 'int4')} and ${isText('comment')}`,
	}[reason];
	return `(${reason === 'standby' ? '' : `s.state = '${states.active}' and `}${holds}) is true`;
}

/** A part of the guard: what it is called in the statement, and what it demands of the session `s`. */
type GuardPart = {readonly name: string; readonly text: string};

const names: Readonly<Record<HeldBy, string>> = {
	session: 'same_session',
	server: 'same_server',
	time: 'in_time',
	work: 'same_work',
	standby: 'no_sync_rep',
	index: 'no_concurrent_index',
	statement: 'no_special_statement',
	comment: 'no_hidden_statement',
};

/** Every part of the guard, in the order in which they are told. */
export const guardParts: readonly HeldBy[] = ['session', 'server', 'time', 'work', ...guardedReasons];

/** What must hold before anything is sent: one for each of `guardParts`. */
export const guardTexts = (order: Order, major: number, queryLimit: number): readonly GuardPart[] =>
	guardParts.map(part => ({name: names[part], text: partText(part, order, major, queryLimit)}));

function partText(part: HeldBy, order: Order, major: number, queryLimit: number): string {
	const {target, startedAt, expiresAt, asked} = order;
	switch (part) {
		case 'session':
			return [
				same('s.backend_start', target.backendStart),
				...(isOwnerTold(target) ? [`s.usesysid is not distinct from ${integer(target.userId, 'oid')}`] : []),
			].join(' and ');
		case 'server':
			return startedAt === undefined ? 'true' : same('pg_postmaster_start_time()', startedAt);
		case 'time':
			return `${micros('clock_timestamp()')} <= ${integer(expiresAt)}`;
		case 'work':
			return `(${workText(order, major)}) is true`;
		case 'standby':
		case 'index':
		case 'statement':
		case 'comment':
			return asked.includes(part) ? 'true' : `not ${reasonText(part, major, queryLimit)}`;
	}
}

const same = (expression: string, value: number | undefined) =>
	`${micros(expression)} is not distinct from ${integer(value)}`;

/** The rule of `isSameWork`, in SQL. */
function workText({work, target}: Order, major: number): string {
	const {state, xactStart, queryStart, stateChange} = target;
	const sameTransaction = xactStart === undefined ? 'false' : same('s.xact_start', xactStart);
	const sameStatement =
		state === states.active
			? `s.state = '${states.active}' and ${same('s.query_start', queryStart)}`
			: 'false';
	switch (work) {
		case 'query':
			return queryWork(target, major);
		case 'transaction':
			return `${sameTransaction} or (${sameStatement})`;
		case 'aborted':
			return xactStart === undefined ? `s.state = '${states.aborted}'` : sameTransaction;
		case 'statement':
			return sameStatement;
		case 'call':
			return `${sameTransaction} or ${same('s.state_change', stateChange)}`;
		case 'idle':
			return `s.xact_start is null and s.state is distinct from '${states.active}'`;
		case 'login':
			return `s.state = '${states.starting}'`;
		case 'session':
			return 'true';
	}
}

function queryWork({state, xactStart, queryStart, stateChange, hash}: Target, major: number): string {
	if (isWithoutQuery(state)) return 'false';
	if (state === states.fastpath) {
		return `s.state = '${states.fastpath}' and ${same('s.state_change', stateChange)}`;
	}

	const sameState =
		state === undefined
			? 's.state is null'
			: knownStates.includes(state)
				? `s.state = '${state}'`
				: // A state that pgtop does not know is compared as none of those it knows.
					`s.state not in (${knownStates.map(known => `'${known}'`).join(', ')})`;
	const sameText =
		state !== states.active || xactStart === undefined || hash === undefined
			? 'false'
			: `${same('s.xact_start', xactStart)} and ${hashOf('s.query', major)} = ${integer(hash)}`;
	return `${sameState} and (${same('s.query_start', queryStart)} or (${sameText}))`;
}
