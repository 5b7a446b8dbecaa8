import {firstWithLongHash} from '../parts/columns.js';
import {firstWithIndexProgress} from './guard.js';

/** From this major on the server says what its wait events mean. */
export const firstWithMeanings = 17;

const qualified = (signature: string) => `pg_catalog.${signature}`;

/** What the guard calls in any case. */
export const guardFunctions = (major: number): readonly string[] =>
	[
		'encode(bytea, text)',
		'textsend(text)',
		'octet_length(text)',
		major >= firstWithLongHash ? 'hashtextextended(text, bigint)' : 'hashtext(text)',
		...(major >= firstWithIndexProgress ? ['pg_stat_get_progress_info(text)'] : []),
	].map(qualified);

/** The functions that our statements call, as a GRANT names them: any of them may have been revoked from everybody. Without those that every picture needs. */
export const calledFunctions = (major: number): readonly string[] => [
	...guardFunctions(major),
	...[
		// Before that only the details ask whether VACUUM is at work.
		...(major < firstWithIndexProgress ? ['pg_stat_get_progress_info(text)'] : []),
		'pg_postmaster_start_time()',
		'substring(bytea, integer, integer)',
		'host(inet)',
		'pg_get_userbyid(oid)',
		'pg_encoding_to_char(integer)',
		'current_database()',
		'pg_is_in_recovery()',
		'pg_is_wal_replay_paused()',
		'set_config(text, text, boolean)',
		'current_setting(text)',
		'to_char(timestamp with time zone, text)',
		'pg_stat_get_db_xact_commit(oid)',
		'pg_stat_get_db_xact_rollback(oid)',
		'pg_stat_get_db_blocks_fetched(oid)',
		'pg_stat_get_db_blocks_hit(oid)',
		'pg_stat_get_db_temp_bytes(oid)',
		'pg_stat_get_db_deadlocks(oid)',
		'pg_stat_get_db_conflict_all(oid)',
		'pg_stat_get_db_stat_reset_time(oid)',
		'pg_stat_get_snapshot_timestamp()',
		'pg_current_wal_lsn()',
		'pg_last_wal_replay_lsn()',
		'pg_last_wal_receive_lsn()',
		'pg_last_xact_replay_timestamp()',
		'pg_stat_get_wal_receiver()',
		'pg_stat_get_wal_senders()',
		'pg_get_replication_slots()',
		'pg_stat_get_archiver()',
		'txid_current_snapshot()',
		'txid_snapshot_xmax(txid_snapshot)',
		'pg_prepared_xact()',
		'concat_ws(text, "any")',
		'pg_lock_status()',
		// Only the details ask what a wait event means.
		...(major >= firstWithMeanings ? ['pg_get_wait_events()'] : []),
	].map(qualified),
];

/** Those of `calledFunctions` that stand in a statement. */
export const calledIn = (statement: string, major: number): readonly string[] =>
	calledFunctions(major).filter(signature => {
		const name = signature.slice(signature.indexOf('.') + 1, signature.indexOf('('));
		return new RegExp(`\\b${name}\\(`).test(statement);
	});

/** SQL for whether this role may call a function. */
export const mayCall = (signature: string) => `has_function_privilege('${signature}', 'execute')`;

/** The tables that our statements read, and that may have been revoked, too. */
export const readTables = [
	'pg_catalog.pg_database',
	'pg_catalog.pg_stat_database',
	'pg_catalog.pg_class',
	'pg_catalog.pg_namespace',
] as const;

export const mayRead = (table: string) => `has_table_privilege('${table}', 'select')`;
