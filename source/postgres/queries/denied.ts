import {clean} from '../../domain/text/clean.js';
import {decodeBytes} from '../../domain/text/decode-bytes.js';
import {quoteName} from '../../domain/text/quote.js';
import {integer} from './integer.js';
import type {Cells} from './query.js';

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
	const isAutovacuum = type === 'autovacuum worker' || (type === null && userId === null && major >= 18);
	if (isAutovacuum && major >= 18)
		return grant('pg_signal_autovacuum_worker', String(user), String(encoding));
	if (userId === null || isSuperuser === true) return 'superuser only: nobody here can';
	return grant('pg_signal_backend', String(user), String(encoding));
}

/** No statement is offered for pasting when making the name safe to print has changed it. */
function grant(role: string, escapedUser: string, encoding: string): string {
	const user = decodeBytes(escapedUser, encoding);
	return clean(user) === user ? `needs GRANT ${role} TO ${quoteName(user)}` : `needs the role ${role}`;
}
