import type {Part} from '../../domain/server/snapshot.js';
import type {Grantee, Rights} from '../../domain/session/rights.js';
import type {Signal} from '../../domain/signal/target.js';
import {clean} from '../../domain/text/clean.js';
import {decodeBytes} from '../../domain/text/decode-bytes.js';
import {quoteName} from '../../domain/text/quote.js';
import type {Hello} from '../hello.js';
import {firstWithDurationSample} from '../prologue.js';
import {toInteger} from './integer.js';
import type {Cells} from './query.js';
import {calledFunctions, guardFunctions, mayCall, mayRead, readTables} from './signal/called.js';

/** In 18 autovacuum workers got a role of their own that gives the right to signal them. */
export const firstWithAutovacuumRole = 18;
const firstWithInheritOption = 16;
const firstWithTimeout = 14;

/** The functions behind c and k by oid, which no release has changed. So a statement that only looks has no function that signals. */
export const signalOids: Readonly<Record<Signal, string>> = {cancel: "'2171'::oid", terminate: "'2096'::oid"};

/** The functions behind c and k, with their arguments. */
export const signalFunctions = (major: number): Readonly<Record<Signal, string>> => ({
	cancel: 'pg_catalog.pg_cancel_backend(integer)',
	terminate: `pg_catalog.pg_terminate_backend(integer${major >= firstWithTimeout ? ', bigint' : ''})`,
});

/** All roles that pgtop may advise to GRANT. */
const rolesThatHelp = (major: number) => [
	'pg_read_all_stats',
	'pg_signal_backend',
	...(major >= firstWithAutovacuumRole ? ['pg_signal_autovacuum_worker'] : []),
];

/** Columns about this role, and their number. They tell its name, whether that is escaped, whether the role inherits, and whether it is a member without having the rights. */
export const granteeColumns = (major: number, wanted: readonly Part[]) => `${
	wanted.includes('self') ? "encode(textsend(current_user::text), 'escape')" : 'current_user'
},
	       ${wanted.includes('self')},
	       (select me.rolinherit from pg_roles me where me.rolname = current_user),
	       ${rolesThatHelp(major)
						.map(role => `(pg_has_role('${role}', 'member') and not pg_has_role('${role}', 'usage'))`)
						.join(' or ')}`;
export const granteeWidth = 4;

/** Reads `granteeColumns`. */
export function toGrantee(
	[name, isEscaped, inherits, isIdleMember]: Cells,
	{major, encoding, isDrawable}: Pick<Hello, 'major' | 'encoding' | 'isDrawable'>,
): Grantee {
	const known = granteeOf(String(name), isEscaped === true, encoding);
	const quoted = known === undefined || isDrawable?.(known) === false ? undefined : known;
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

/** SQL for whether this role may signal autovacuum workers; null where no role gives that right. */
export const maySignalAutovacuum = (major: number) =>
	major >= firstWithAutovacuumRole ? "pg_has_role('pg_signal_autovacuum_worker', 'usage')" : 'null';

/** In the order that `loggingSetting` reads. */
const loggingSettings = (major: number) => [
	"current_setting('log_statement')",
	"current_setting('log_min_duration_statement')",
	"current_setting('log_duration')",
	major >= 12 ? "current_setting('log_transaction_sample_rate')" : 'null',
	major >= firstWithDurationSample ? "current_setting('log_min_duration_sample')" : 'null',
	major >= firstWithDurationSample ? "current_setting('log_statement_sample_rate')" : 'null',
];

/** What this role is a member of, how our statements are logged, what it may not use, and, row by row, the roles that have sessions. */
export const rightsText = (major: number, wanted: readonly Part[], hasSettings: boolean) => `
	select ${granteeColumns(major, wanted)},
	       has_function_privilege(${signalOids.cancel}, 'execute'),
	       has_function_privilege(${signalOids.terminate}, 'execute'),
	       ${hasSettings ? "current_setting('is_superuser')" : 'null'},
	       pg_has_role('pg_read_all_stats', 'usage'),
	       pg_has_role('pg_signal_backend', 'usage'),
	       ${maySignalAutovacuum(major)},
	       ${loggingSettings(major)
						.map(column => (hasSettings ? column : 'null'))
						.join(',\n\t       ')},
	       ${[...calledFunctions(major).map(mayCall), ...readTables.map(mayRead)].join(',\n\t       ')},
	       u.usesysid,
	       pg_has_role(u.usesysid, 'usage'),
	       r.rolsuper
	  from (select distinct s.usesysid from pg_stat_get_activity(null) s) u
	  left join pg_roles r on r.oid = u.usesysid`;

/** The name as SQL takes it, for a statement to paste; undefined when making it safe to print changes it. An unescaped name has lost the bytes of any encoding but UTF-8. */
function granteeOf(told: string, isEscaped: boolean, encoding: string): string | undefined {
	const name = isEscaped ? decodeBytes(told, encoding) : told;
	const isWhole = isEscaped || encoding === 'UTF8' || /^[ -~]*$/.test(name);
	return isWhole && clean(name) === name && !name.includes('\uFFFD') ? quoteName(name) : undefined;
}

export function readRights(
	rows: readonly Cells[],
	told: Pick<Hello, 'major' | 'encoding' | 'isDrawable'>,
): Rights {
	const {major} = told;
	const [first] = rows;
	if (!first) throw new Error('the server does not say what this role may do');
	const [cancels, terminates, superuser, seesAll, signalsAll, autovacuum, ...others] =
		first.slice(granteeWidth);
	const settings = loggingSettings(major).length;
	const loggedBy = loggingSetting(others.slice(0, settings));
	const owners = rows.flatMap(row => {
		const [userId, isOwn, isSuperuser] = row.slice(-3);
		const owner = isSuperuser === true ? 'superuser' : isOwn === true ? 'own' : 'other';
		const id = toInteger(userId);
		return id === undefined ? [] : [[id, owner] as const];
	});
	const refused = [...calledFunctions(major), ...readTables].filter(
		(_, index) => others[settings + index] === false,
	);
	const revokedOf = (signal: Signal, isCalled: unknown) => {
		const lacked = guardFunctions(major).filter(name => refused.includes(name));
		const all = [...(isCalled === false ? [signalFunctions(major)[signal]] : []), ...lacked];
		return all.length === 0 ? {} : {[signal]: all};
	};
	return {
		isSuperuser: superuser === 'on',
		seesAll: seesAll === true,
		signalsAll: signalsAll === true,
		// On 10 pg_signal_backend reaches processes without an owner, too.
		signalsOwnerless:
			superuser === 'on' || (major === 10 && signalsAll === true)
				? 'all'
				: autovacuum === true
					? 'autovacuum workers'
					: 'none',
		hasAutovacuumRole: major >= firstWithAutovacuumRole,
		owners: Object.fromEntries(owners),
		grantee: toGrantee(first, told),
		refused,
		revoked: {...revokedOf('cancel', cancels), ...revokedOf('terminate', terminates)},
		...(loggedBy !== undefined && {loggedBy}),
	};
}

/** The setting that logs every statement, or a sample of all, whatever the statement is and however long it takes. */
function loggingSetting(settings: readonly unknown[]): string | undefined {
	const [statement, minDuration, duration, transactionRate, minSample, statementRate] = settings;
	if (statement === 'all') return 'log_statement = all';
	if (minDuration === '0') return 'log_min_duration_statement = 0';
	if (Number(transactionRate) > 0) return `log_transaction_sample_rate = ${Number(transactionRate)}`;
	if (minSample === '0' && Number(statementRate) > 0) return 'log_min_duration_sample = 0';
	return duration === 'on' ? 'log_duration = on' : undefined;
}
