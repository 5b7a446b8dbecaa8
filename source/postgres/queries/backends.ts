import {type Backend, rowId} from '../../domain/backend.js';
import {kindOf} from '../../domain/kind.js';
import {clean} from '../../domain/text/clean.js';
import {decodeBytes} from '../../domain/text/decode-bytes.js';
import {micros, toNumber, toText} from './integer.js';
import type {Cells, Query} from './query.js';

/** The longest piece of a query's text that is fetched, in bytes. */
export const textLimit = 1024;

/** The server's hash of a text: works on its bytes, whatever its encoding. */
export const hashOf = (expression: string, major: number) =>
	major >= 11 ? `hashtextextended(${expression}, 0)` : `hashtext(${expression})`;

/**
Every process of the server. Over the function and not the view, which joins pg_authid and reads more than is shown.

Texts travel as their bytes, escaped: an invalid one in a foreign encoding must not fail the statement. Idle sessions have no text fetched.
*/
export const backendsQuery: Query<readonly Backend[]> = {
	part: 'backends',
	text: major => `
		select ${backendColumns(major, "case when s.state <> 'idle' then s.query end")}
		  from pg_stat_get_activity(null) s
		  left join pg_database d on d.oid = s.datid`,
	read: (rows, encoding) => rows.map(row => toBackend(row, encoding)),
};

/** What `toBackend` reads of the session `s` and its database `d`, in its order. */
export const backendColumns = (major: number, query: string) => `s.pid,
		       ${major >= 13 ? 's.leader_pid' : 'null'},
		       s.backend_type,
		       s.usesysid,
		       encode(textsend(pg_get_userbyid(s.usesysid)::text), 'escape'),
		       encode(textsend(d.datname::text), 'escape'),
		       pg_encoding_to_char(d.encoding),
		       encode(textsend(s.application_name), 'escape'),
		       host(s.client_addr),
		       s.client_port,
		       ${micros('s.backend_start')},
		       ${micros('s.xact_start')},
		       ${micros('s.query_start')},
		       ${micros('s.state_change')},
		       s.state,
		       s.wait_event_type,
		       s.wait_event,
		       encode(substring(textsend(${query}) for ${textLimit}), 'escape'),
		       octet_length(${query}),
		       ${hashOf(query, major)}`;

/** One row of `backendColumns` as a value; names of roles and databases are in the encoding of our own database. */
export function toBackend(row: Cells, ownEncoding: string): Backend {
	const pid = Number(row[0]);
	const type = toText(row[2]);
	const userId = toNumber(row[3]);
	const name = (cell: unknown) => {
		const escaped = toText(cell);
		return escaped === undefined ? undefined : clean(decodeBytes(escaped, ownEncoding));
	};
	const user = userId === undefined || userId === 0 ? undefined : name(row[4]);
	const database = name(row[5]);
	const backendStart = toNumber(row[10]);
	const text = toText(row[17]);
	const wait =
		toText(row[15]) === undefined ? undefined : {type: clean(String(row[15])), name: clean(String(row[16]))};
	return withoutUndefined({
		id: rowId(pid, backendStart, userId),
		pid,
		kind: kindOf(type, user !== undefined && database !== undefined),
		type: type === undefined ? undefined : clean(type),
		isVisible: type !== undefined,
		state: toText(row[14]) === undefined ? undefined : clean(String(row[14])),
		wait,
		leaderPid: toNumber(row[1]),
		backendStart,
		xactStart: toNumber(row[11]),
		queryStart: toNumber(row[12]),
		stateChange: toNumber(row[13]),
		userId,
		user,
		database,
		application: name(row[7]),
		client: toText(row[8]) ?? (row[9] === -1 ? 'local' : undefined),
		query:
			text === undefined
				? undefined
				: {
						text: clean(decodeBytes(text, toText(row[6]) ?? 'SQL_ASCII')),
						bytes: Number(row[18]),
						hash: String(row[19]),
					},
	});
}

type Defined<T> = {[K in keyof T]: Exclude<T[K], undefined>};

/** `null` and `undefined` end here: a field that the server does not give is absent. */
function withoutUndefined<T extends object>(value: T): Defined<T> {
	const result: Record<string, unknown> = {};
	for (const [key, field] of Object.entries(value)) if (field !== undefined) result[key] = field;
	return result as Defined<T>;
}
