import type {Part} from '../../../domain/server/snapshot.js';
import {executeOf, grantOf, superuserOnly} from '../../../domain/session/rights.js';
import type {Signal} from '../../../domain/signal/target.js';
import type {Hello} from '../../hello.js';
import {integer} from '../integer.js';
import type {Cells} from '../query.js';
import {
	firstWithAutovacuumRole,
	granteeColumns,
	granteeWidth,
	maySignalAutovacuum,
	signalFunctions,
	signalOids,
	toGrantee,
} from '../rights.js';
import {mayCall} from './called.js';

/** What anybody may know of a session that may not be signalled, and which functions of the guard this role may call. */
export const deniedText = (
	pid: number,
	signal: Signal,
	called: readonly string[],
	major: number,
	wanted: readonly Part[],
) => `
	select ${granteeColumns(major, wanted)},
	       has_function_privilege(${signalOids[signal]}, 'execute'),
	       s.backend_type,
	       s.usesysid,
	       r.rolsuper,
	       pg_has_role('pg_signal_backend', 'usage') or pg_has_role(s.usesysid, 'usage'),
	       ${[maySignalAutovacuum(major), ...called.map(mayCall)].join(',\n\t       ')}
	  from pg_stat_get_activity(${integer(pid, 'int4')}) s
	  left join pg_roles r on r.oid = s.usesysid`;

/** The smallest GRANT that helps, in words; undefined when none is known to. A role that has it already lacks something else, and the server's own reason says what. */
export function readDenied(
	[row]: readonly Cells[],
	signal: Signal,
	called: readonly string[],
	told: Pick<Hello, 'major' | 'encoding' | 'isDrawable'>,
): string | undefined {
	if (!row) return undefined;
	const {major} = told;
	const [maySend, type, userId, isSuperuser, signalsAll, signalsAutovacuum, ...mayBeCalled] =
		row.slice(granteeWidth);
	const grantee = toGrantee(row, told);
	const needs = (role: string, isHeld: unknown) =>
		isHeld === true ? undefined : `needs ${grantOf(role, grantee)}`;
	const byRole = () => {
		// Only the server's own reason tells what kind of process this is.
		if (type === null && userId === null && major >= firstWithAutovacuumRole) return undefined;
		if (type === 'autovacuum worker' && major >= firstWithAutovacuumRole)
			return needs('pg_signal_autovacuum_worker', signalsAutovacuum);
		if (userId === null || isSuperuser === true) return superuserOnly;
		return needs('pg_signal_backend', signalsAll);
	};
	const why = byRole();
	const lacked = [
		...(maySend === false ? [signalFunctions(major)[signal]] : []),
		...called.filter((_, index) => mayBeCalled[index] === false),
	];
	if (lacked.length === 0 || why === superuserOnly) return why;
	const execute = executeOf(lacked.join(', '), grantee);
	return why === undefined ? `needs ${execute}` : `${why}; ${execute}`;
}
