import {grantOf, superuserOnly} from '../../domain/rights.js';
import {integer} from './integer.js';
import type {Cells} from './query.js';
import {granteeOf} from './rights.js';

/** What is known to anybody of a session that may not be signalled. */
export const deniedText = (pid: number, major: number) => `
	select s.backend_type,
	       s.usesysid,
	       r.rolsuper,
	       encode(textsend(current_user::text), 'escape'),
	       current_setting('server_encoding'),
	       pg_has_role('pg_signal_backend', 'usage'),
	       ${major >= 18 ? "pg_has_role('pg_signal_autovacuum_worker', 'usage')" : 'null'}
	  from pg_stat_get_activity(${integer(pid, 'int4')}) s
	  left join pg_roles r on r.oid = s.usesysid`;

/** The smallest GRANT that helps, in words; undefined when none is known to: who has it already lacks something else, and the server's own reason says what. */
export function readDenied([row]: readonly Cells[], major: number): string | undefined {
	if (!row) return undefined;
	const [type, userId, isSuperuser, user, encoding, signalsAll, signalsAutovacuum] = row;
	const needs = (role: string, isHeld: unknown) =>
		isHeld === true ? undefined : `needs ${grantOf(role, granteeOf(String(user), String(encoding)))}`;
	// What it is only the server's own reason tells.
	if (type === null && userId === null && major >= 18) return undefined;
	if (type === 'autovacuum worker' && major >= 18)
		return needs('pg_signal_autovacuum_worker', signalsAutovacuum);
	if (userId === null || isSuperuser === true) return superuserOnly;
	return needs('pg_signal_backend', signalsAll);
}
