import type {Grantee, Rights} from '../../domain/rights.js';
import type {Signal} from '../../domain/signal/target.js';
import {clean} from '../../domain/text/clean.js';
import {decodeBytes} from '../../domain/text/decode-bytes.js';
import {quoteName} from '../../domain/text/quote.js';
import type {Cells} from './query.js';

const firstWithAutovacuumRole = 18;

const firstWithInheritOption = 16;
const firstWithTimeout = 14;

/** The same by their oids, which no release has changed: so that no function that signals stands in a statement that only looks. */
export const signalOids: Readonly<Record<Signal, string>> = {cancel: "'2171'::oid", terminate: "'2096'::oid"};

/** The functions behind c and k, with their arguments. */
export const signalFunctions = (major: number): Readonly<Record<Signal, string>> => ({
	cancel: 'pg_catalog.pg_cancel_backend(integer)',
	terminate: `pg_catalog.pg_terminate_backend(integer${major >= firstWithTimeout ? ', bigint' : ''})`,
});

/** All that a GRANT may be advised of. */
const rolesThatHelp = (major: number) => [
	'pg_read_all_stats',
	'pg_signal_backend',
	...(major >= firstWithAutovacuumRole ? ['pg_signal_autovacuum_worker'] : []),
];

/** Of this role: its name and encoding, whether it inherits, and is a member without having the rights; how many columns that is. */
export const granteeColumns = (major: number) => `encode(textsend(current_user::text), 'escape'),
	       current_setting('server_encoding'),
	       (select me.rolinherit from pg_roles me where me.rolname = current_user),
	       ${rolesThatHelp(major)
						.map(role => `(pg_has_role('${role}', 'member') and not pg_has_role('${role}', 'usage'))`)
						.join(' or ')}`;
export const granteeWidth = 4;

/** Reads `granteeColumns`. */
export function toGrantee([name, encoding, inherits, isIdleMember]: Cells, major: number): Grantee {
	const quoted = granteeOf(String(name), String(encoding));
	const inheritsBy =
		major >= firstWithInheritOption
			? inherits === false || isIdleMember === true
				? 'option'
				: 'itself'
			: inherits === false
				? 'attribute'
				: 'itself';
	return {...(quoted !== undefined && {name: quoted}), inheritsBy};
}

/** What this role is a member of, how our statements are logged, and, row by row, the roles that have sessions. */
export const rightsText = (major: number) => `
	select ${granteeColumns(major)},
	       has_function_privilege(${signalOids.cancel}, 'execute'),
	       has_function_privilege(${signalOids.terminate}, 'execute'),
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
function granteeOf(escaped: string, encoding: string): string | undefined {
	const name = decodeBytes(escaped, encoding);
	return clean(name) === name && !name.includes('\uFFFD') ? quoteName(name) : undefined;
}

/** Where the columns on a role that has sessions begin. */
const ownersFrom = granteeWidth + 12;

export function readRights(rows: readonly Cells[], major: number): Rights {
	const first = rows[0] ?? [];
	const [cancels, terminates, superuser, seesAll, signalsAll, autovacuum, ...logging] =
		first.slice(granteeWidth);
	const functions = signalFunctions(major);
	const loggedBy = loggingSetting(logging);
	const owners = rows.flatMap(row => {
		const [userId, isOwn, isSuperuser] = row.slice(ownersFrom);
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
		grantee: toGrantee(first, major),
		revoked: {
			...(cancels === false && {cancel: functions.cancel}),
			...(terminates === false && {terminate: functions.terminate}),
		},
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
