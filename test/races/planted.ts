/**
Everything that our statements call, planted once more in the schema `$schema`: functions with the same name and arguments, operators for every pair of types they are used with, types, and relations.

Whoever calls one of them leaves a line in the server's log, whatever becomes of the transaction.
*/
export const plant = (schema: string) => `
create schema if not exists ${schema};
create or replace function ${schema}.tell(what text) returns pg_catalog.int4 language plpgsql as $tell$
begin
	raise log 'PLANTED % was called', what;
	return null;
end $tell$;

do $plant$
declare
	one record;
	kinds text[] := array['int2', 'int4', 'int8', 'oid', 'text', 'name', 'numeric', 'float8', 'bool', 'timestamptz', 'xid', '"char"', 'bytea', 'interval'];
	l text;
	r text;
	operator text;
	result text;
begin
	for one in
		select p.oid, p.proname, pg_get_function_identity_arguments(p.oid) as identity,
		       pg_get_function_arguments(p.oid) as arguments,
		       pg_get_function_result(p.oid) as result, p.proretset
		  from pg_proc p
		 where p.pronamespace = 'pg_catalog'::regnamespace
		   and (p.proname in (
				'pg_stat_get_activity', 'pg_cancel_backend', 'pg_terminate_backend', 'pg_backend_pid', 'clock_timestamp',
				'hashtextextended', 'hashtext', 'set_config', 'current_setting', 'encode', 'textsend', 'substring',
				'octet_length', 'pg_get_userbyid', 'pg_encoding_to_char', 'host', 'pg_is_in_recovery',
				'pg_is_wal_replay_paused', 'pg_postmaster_start_time', 'current_database', 'to_char', 'date_part',
				'extract', 'pg_has_role', 'age', 'mxid_age', 'sum', 'max', 'greatest', 'now', 'current_user', 'version',
				'pg_lock_status', 'pg_stat_get_progress_info', 'has_function_privilege', 'textregexeq', 'texticregexeq', 'like', 'lower'))
		   and not (p.prorettype = 'internal'::regtype or 'internal'::regtype = any (p.proargtypes::oid[]))
	loop
		begin
			execute format('create function ${schema}.%I(%s) returns %s language plpgsql as %L',
				one.proname, one.arguments, one.result,
				format('begin perform ${schema}.tell(%L); return%s; end', one.proname || '()', case when one.proretset then '' else ' null' end));
		exception when others then
			raise log 'not planted: % (%): %', one.proname, one.identity, sqlerrm;
		end;
	end loop;

	foreach l in array kinds loop
		foreach r in array kinds loop
			execute format('create function ${schema}.planted(%s, %s) returns bool language plpgsql as $f$ begin perform ${schema}.tell(''operator''); return false; end $f$', l, r);
			execute format('create function ${schema}.planted_number(%s, %s) returns numeric language plpgsql as $f$ begin perform ${schema}.tell(''operator''); return 0; end $f$', l, r);
			foreach operator in array array['=', '<>', '<=', '>=', '<', '>', '~', '~*', '!~', '!~*', '~~', '~~*'] loop
				execute format('create operator ${schema}.%s (procedure = ${schema}.planted, leftarg = %s, rightarg = %s)', operator, l, r);
			end loop;
			execute format('create operator ${schema}.* (procedure = ${schema}.planted_number, leftarg = %s, rightarg = %s)', l, r);
		end loop;
	end loop;

	-- A cast stands in no schema: who may make one makes it for everybody.
	foreach l in array kinds loop
		foreach r in array kinds loop
			begin
				execute format('create function ${schema}.planted_%s(pg_catalog.%I) returns pg_catalog.%I language plpgsql as $f$ begin perform ${schema}.tell(''cast from ' || l || ' to ' || r || '''); return null; end $f$', trim('"' from r), trim('"' from l), trim('"' from r));
				execute format('create cast (pg_catalog.%I as pg_catalog.%I) with function ${schema}.planted_%s(pg_catalog.%I) as implicit', trim('"' from l), trim('"' from r), trim('"' from r), trim('"' from l));
			exception when others then
				null;
			end;
		end loop;
	end loop;

	foreach l in array array['int4', 'int8', 'oid', 'text', 'name'] loop
		execute format('create function ${schema}.checked(pg_catalog.%s) returns bool language plpgsql as $f$ begin perform ${schema}.tell(''type''); return true; end $f$', l);
		execute format('create domain ${schema}.%s as pg_catalog.%s check (${schema}.checked(value))', l, l);
	end loop;
end $plant$;

create function ${schema}.counted(state pg_catalog.int8) returns pg_catalog.int8 language plpgsql as $f$
begin
	perform ${schema}.tell('count()');
	return state;
end $f$;
create aggregate ${schema}.count(*) (sfunc = ${schema}.counted, stype = pg_catalog.int8, initcond = '0');

create view ${schema}.pg_database as select d.*, ${schema}.tell('pg_database') from pg_catalog.pg_database d;
create view ${schema}.pg_roles as select d.*, ${schema}.tell('pg_roles') from pg_catalog.pg_roles d;
create view ${schema}.pg_stat_database as select d.*, ${schema}.tell('pg_stat_database') from pg_catalog.pg_stat_database d;
create view ${schema}.pg_stat_activity as select d.*, ${schema}.tell('pg_stat_activity') from pg_catalog.pg_stat_activity d;
`;
