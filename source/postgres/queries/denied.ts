import {grantOf, superuserOnly} from '../../domain/rights.js';
import {integer} from './integer.js';
import type {Cells} from './query.js';
import {granteeOf} from './rights.js';

/** What is known to anybody of a session that may not be signalled. */
export const deniedText = (pid: number) => `
	select s.backend_type,
	       s.usesysid,
	       r.rolsuper,
	       encode(textsend(current_user::text), 'escape'),
	       current_setting('server_encoding')
	  from pg_stat_get_activity(${integer(pid, 'int4')}) s
	  left join pg_roles r on r.oid = s.usesysid`;

/** The smallest GRANT that helps, in words; undefined when the session has gone since. */
export function readDenied([row]: readonly Cells[], major: number): string | undefined {
	if (!row) return undefined;
	const [type, userId, isSuperuser, user, encoding] = row;
	const grantee = granteeOf(String(user), String(encoding));
	const isAutovacuum = type === 'autovacuum worker' || (type === null && userId === null && major >= 18);
	if (isAutovacuum && major >= 18) return `needs ${grantOf('pg_signal_autovacuum_worker', grantee)}`;
	if (userId === null || isSuperuser === true) return superuserOnly;
	return `needs ${grantOf('pg_signal_backend', grantee)}`;
}
