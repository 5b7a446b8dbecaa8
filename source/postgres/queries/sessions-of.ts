import {integer} from './integer.js';

/** From so many on all sessions are read, once: for each pid that is asked for alone the server goes through all of them. */
const many = 16;

/** The sessions `s` of these pids, with each pid and its `position` as `v`. A pid that no backend has gives a row of nulls. */
export const sessionsOf = (pids: readonly number[]) => `
	       (values ${pids.map((pid, index) => `(${index}, ${integer(pid, 'int4')})`).join(', ')}) v(position, pid)
	  left join ${pids.length < many ? 'lateral pg_stat_get_activity(v.pid) s on true' : 'pg_stat_get_activity(null) s on s.pid = v.pid'}`;
