import type {Rights} from '../../domain/rights.js';
import {clean} from '../../domain/text/clean.js';
import {decodeBytes} from '../../domain/text/decode-bytes.js';
import {quoteName} from '../../domain/text/quote.js';
import type {Cells} from './query.js';

const firstWithAutovacuumRole = 18;

/** What this role is a member of, how our statements are logged, and, row by row, the roles that have sessions. */
export const rightsText = (major: number) => `
	select encode(textsend(current_user::text), 'escape'),
	       current_setting('server_encoding'),
	       current_setting('is_superuser'),
	       pg_has_role('pg_read_all_stats', 'usage'),
	       pg_has_role('pg_signal_backend', 'usage'),
	       ${major >= firstWithAutovacuumRole ? "pg_has_role('pg_signal_autovacuum_worker', 'usage')" : 'null'},
	       current_setting('log_statement'),
	       current_setting('log_min_duration_statement'),
	       current_setting('log_duration'),
	       ${major >= 12 ? "current_setting('log_transaction_sample_rate')" : 'null'},
	       ${major >= 13 ? "current_setting('log_min_duration_sample')" : 'null'},
	       ${major >= 13 ? "current_setting('log_statement_sample_rate')" : 'null'},
	       u.usesysid,
	       pg_has_role(u.usesysid, 'usage'),
	       r.rolsuper
	  from (select distinct s.usesysid from pg_stat_get_activity(null) s) u
	  left join pg_roles r on r.oid = u.usesysid`;

/** The name as SQL takes it, for a statement to paste; none when making it safe to print changes it. */
export function granteeOf(escaped: string, encoding: string): string | undefined {
	const name = decodeBytes(escaped, encoding);
	return clean(name) === name && !name.includes('\uFFFD') ? quoteName(name) : undefined;
}

export function readRights(rows: readonly Cells[], major: number): Rights {
	const [name, encoding, superuser, seesAll, signalsAll, autovacuum, ...logging] = rows[0] ?? [];
	const grantee = granteeOf(String(name), String(encoding));
	const loggedBy = loggingSetting(logging);
	const owners = rows.flatMap(row => {
		const [userId, isOwn, isSuperuser] = row.slice(12);
		const owner = isSuperuser === true ? 'superuser' : isOwn === true ? 'own' : 'other';
		return userId === null ? [] : [[String(userId), owner] as const];
	});
	return {
		isSuperuser: superuser === 'on',
		seesAll: seesAll === true,
		signalsAll: signalsAll === true,
		// On 10 pg_signal_backend reached what belongs to nobody.
		signalsOwnerless:
			superuser === 'on' || (major === 10 && signalsAll === true)
				? 'all'
				: autovacuum === true
					? 'autovacuum workers'
					: 'none',
		hasAutovacuumRole: major >= firstWithAutovacuumRole,
		owners: Object.fromEntries(owners),
		...(grantee !== undefined && {grantee}),
		...(loggedBy !== undefined && {loggedBy}),
	};
}

/** The setting that has every statement logged, or some of all, whatever it is and takes. */
function loggingSetting(settings: readonly unknown[]): string | undefined {
	const [statement, minDuration, duration, transactionRate, minSample, statementRate] = settings;
	if (statement === 'all') return 'log_statement = all';
	if (minDuration === '0') return 'log_min_duration_statement = 0';
	if (Number(transactionRate) > 0) return `log_transaction_sample_rate = ${Number(transactionRate)}`;
	if (minSample === '0' && Number(statementRate) > 0) return 'log_min_duration_sample = 0';
	return duration === 'on' ? 'log_duration = on' : undefined;
}
