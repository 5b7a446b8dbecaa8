import {isOwnerTold, type Order} from '../../domain/signal/target.js';
import {hashOf} from './backends.js';
import {integer, micros} from './integer.js';
import {seenColumns} from './look.js';

const functions = {cancel: 'pg_cancel_backend', terminate: 'pg_terminate_backend'} as const;

/**
Checks and answers in one statement: what the order was given for must still be there when the server comes to it, or nothing is sent and the columns say what changed.

No row: the pid is gone. `sent` null: held back. The state is asked for besides query_start because a query that ended keeps its query_start.
*/
export const signalText = (order: Order, major: number) => `
	select ${seenColumns(major)},
	       ${micros('clock_timestamp()')},
	       s.pid = pg_backend_pid(),
	       case when ${guardOf(order, major).join('\n\t             and ')}
	            then pg_catalog.${functions[order.signal]}(s.pid)
	       end
	  from pg_catalog.pg_stat_get_activity(${integer(order.target.pid, 'int4')}) s`;

function guardOf({signal, target, deadline, transaction}: Order, major: number): readonly string[] {
	const same = (expression: string, value: number | undefined) =>
		`${micros(expression)} is not distinct from ${integer(value)}`;
	const session = [
		's.pid <> pg_backend_pid()',
		same('s.backend_start', target.backendStart),
		...(isOwnerTold(target) ? [`s.usesysid is not distinct from ${integer(target.userId, 'oid')}`] : []),
		`${micros('clock_timestamp()')} <= ${integer(deadline)}`,
	];
	if (signal === 'terminate') {
		if (transaction === 'none') return [...session, 's.xact_start is null'];
		if (transaction === 'aborted') return [...session, "s.state = 'idle in transaction (aborted)'"];
		return transaction === 'same' && target.xactStart !== undefined
			? [...session, same('s.xact_start', target.xactStart)]
			: session;
	}

	const sameQuery = same('s.query_start', target.queryStart);
	const sameText =
		target.xactStart === undefined || target.hash === undefined
			? 'false'
			: `${same('s.xact_start', target.xactStart)} and ${hashOf('s.query', major)} = ${integer(target.hash)}`;
	return [
		...session,
		"(s.state is null or s.state in ('active', 'fastpath function call', 'disabled'))",
		`(${sameQuery} or (${sameText}))`,
	];
}
