import {executeOf, grantOf, superuserOnly} from '../../domain/rights.js';
import type {Signal} from '../../domain/signal/target.js';
import {integer} from './integer.js';
import type {Cells} from './query.js';
import {granteeColumns, granteeWidth, signalFunctions, signalOids, toGrantee} from './rights.js';

/** What is known to anybody of a session that may not be signalled. */
export const deniedText = (pid: number, signal: Signal, major: number) => `
	select ${granteeColumns(major)},
	       has_function_privilege(${signalOids[signal]}, 'execute'),
	       s.backend_type,
	       s.usesysid,
	       r.rolsuper,
	       pg_has_role('pg_signal_backend', 'usage') or pg_has_role(s.usesysid, 'usage'),
	       ${major >= 18 ? "pg_has_role('pg_signal_autovacuum_worker', 'usage')" : 'null'}
	  from pg_stat_get_activity(${integer(pid, 'int4')}) s
	  left join pg_roles r on r.oid = s.usesysid`;

/** The smallest GRANT that helps, in words; undefined when none is known to: who has it already lacks something else, and the server's own reason says what. */
export function readDenied([row]: readonly Cells[], signal: Signal, major: number): string | undefined {
	if (!row) return undefined;
	const [mayCall, type, userId, isSuperuser, signalsAll, signalsAutovacuum] = row.slice(granteeWidth);
	const grantee = toGrantee(row, major);
	const needs = (role: string, isHeld: unknown) =>
		isHeld === true ? undefined : `needs ${grantOf(role, grantee)}`;
	const byRole = () => {
		// What it is only the server's own reason tells.
		if (type === null && userId === null && major >= 18) return undefined;
		if (type === 'autovacuum worker' && major >= 18)
			return needs('pg_signal_autovacuum_worker', signalsAutovacuum);
		if (userId === null || isSuperuser === true) return superuserOnly;
		return needs('pg_signal_backend', signalsAll);
	};
	const why = byRole();
	if (mayCall !== false || why === superuserOnly) return why;
	const execute = executeOf(signalFunctions(major)[signal], grantee);
	return why === undefined ? `needs ${execute}` : `${why}; ${execute}`;
}
