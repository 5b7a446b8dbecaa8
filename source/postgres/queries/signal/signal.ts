import type {HeldBy, Seen} from '../../../domain/signal/look.js';
import type {Order} from '../../../domain/signal/target.js';
import {parts as allParts} from '../../parts.js';
import {integer, micros, numberOf} from '../integer.js';
import type {Cells} from '../query.js';
import {guardParts, guardTexts} from './guard.js';
import {seenColumns, seenWidth, toSeen} from './look.js';

const functions = {cancel: 'pg_cancel_backend', terminate: 'pg_terminate_backend'} as const;

/**
Checks and signals in one statement. What the order was given for must still be there when the server comes to it. Else nothing is sent, and the columns say what changed.

In one line and no longer than it must be: a signal to many is as many messages, and all have to arrive within the deadline.

A row of nulls: the pid is gone. `sent` null: held back. Each check is computed once, because the volatile clock keeps the inner select apart. `isDry`: with `true` in place of the function, so that nothing can be sent.
*/
export function signalText(order: Order, major: number, queryLimit: number, isDry = false): string {
	const parts = guardTexts(order, major, queryLimit);
	const text = `
	select g.*,
	       case when not g.is_own and ${parts.map(({name}) => `g.${name}`).join(' and ')}
	            then ${isDry ? 'true' : `pg_catalog.${functions[order.signal]}(g.pid)`}
	       end
	  from (select ${seenColumns(major, allParts)},
	               ${micros('clock_timestamp()')} as at,
	               v.pid = pg_backend_pid() as is_own,
	               ${parts.map(({name, text}) => `${text} as ${name}`).join(',\n\t               ')}
	          from (values (${integer(order.target.pid, 'int4')})) v(pid)
	          left join lateral pg_catalog.pg_stat_get_activity(v.pid) s on true) g`;
	return text.trim().replaceAll(/\s+/g, ' ');
}

export type Signalling = {
	readonly at: number;
	readonly isOwn: boolean;
	readonly held: readonly HeldBy[];
	readonly sent?: boolean;
	/** Undefined when the pid is gone. */
	readonly seen?: Seen;
};

/** Reads the row of `signalText`. */
export function readSignalling(row: Cells): Signalling {
	const seen = toSeen(row);
	const [at, isOwn, ...checks] = row.slice(seenWidth);
	const sent = checks.at(-1);
	return {
		at: numberOf(at),
		isOwn: isOwn === true,
		held: guardParts.filter((_, index) => checks[index] !== true),
		...(typeof sent === 'boolean' && {sent}),
		...(seen && {seen}),
	};
}
