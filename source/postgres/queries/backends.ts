import type {Part} from '../../domain/server/snapshot.js';
import {type Backend, type QueryText, rowId} from '../../domain/session/backend.js';
import {kindOf} from '../../domain/session/kind.js';
import {states} from '../../domain/session/states.js';
import {cutFrom, isComment} from '../../domain/signal/verdict/special.js';
import {clean} from '../../domain/text/clean.js';
import {decodeBytes} from '../../domain/text/decode-bytes.js';
import type {IdleTexts} from '../../ports/source.js';
import type {Hello} from '../hello.js';
import {givenColumns, joinsOf} from '../parts.js';
import {cutOf} from './cut.js';
import {integers, micros, numberOf, toClean, toInteger, toNumber, toText} from './integer.js';
import type {Names} from './names.js';
import {type Columns, textLimit} from './parts/columns.js';
import type {Cells} from './query.js';

/** In 13 parallel workers began to tell their leader. */
export const firstWithLeader = 13;

const firstWithQueryId = 14;

/**
Every process of the server. Reads the function and not the view, which joins pg_authid and reads more than is shown.

The text of an idle session is fetched only where it is asked for. Nothing is compared with it: it is of what has ended.
*/
export const backendsText = (major: number, wanted: readonly Part[], idleTexts: IdleTexts = []) => `
	select ${backendColumns(major, textOf(idleTexts), wanted, textOf([]))}
	  from pg_stat_get_activity(null) s${joinsOf(wanted)}`;

/** Of a session without a state this role may see nothing: the server gives words in the place of its query. */
function textOf(idleTexts: IdleTexts): string {
	const ended =
		idleTexts === 'all'
			? ` or s.state = '${states.idle}'`
			: idleTexts.length > 0
				? ` or (s.state = '${states.idle}' and s.pid = any(${integers(idleTexts, 'int4')}))`
				: '';
	return `case when s.state <> '${states.idle}'${ended} then s.query end`;
}

function cellsOf(major: number, query: string, wanted: readonly Part[], compared: string): readonly string[] {
	const given = givenColumns(wanted, major, query, compared);
	const column = (name: keyof Columns) => given[name] ?? 'null';
	return [
		's.pid',
		major >= firstWithLeader ? 's.leader_pid' : 'null',
		's.backend_type',
		's.usesysid',
		's.datid',
		column('user'),
		column('database'),
		column('encoding'),
		column('application'),
		column('client'),
		's.client_port',
		micros('s.backend_start'),
		micros('s.xact_start'),
		micros('s.query_start'),
		micros('s.state_change'),
		's.state',
		's.wait_event_type',
		's.wait_event',
		column('text'),
		column('bytes'),
		column('hash'),
		// That of an idle session is of a query that has ended.
		major >= firstWithQueryId ? `case when s.state <> '${states.idle}' then s.query_id end` : 'null',
		's.backend_xid',
		's.backend_xmin',
	];
}

/** What `toBackend` reads of the session `s` and of its database `d`, in its order. A column whose part is not wanted is null, as with `given`. `compared` is the expression for the text that the hash is of. */
export const backendColumns = (
	major: number,
	query: string,
	wanted: readonly Part[],
	compared = query,
): string => cellsOf(major, query, wanted, compared).join(',\n\t\t       ');

/** How many columns `backendColumns` has. */
export const backendWidth = cellsOf(0, '', [], '').length;

/** What has to be known of the server to read a row. */
type Told = Pick<Hello, 'major' | 'encoding' | 'queryLimit' | 'querySize'>;

/** One row of `backendColumns` as a value; names of roles and databases are in the encoding of our own database. */
export function toBackend(row: Cells, told: Told, names: Names, wanted: readonly Part[]): Backend {
	const {encoding: ownEncoding} = told;
	const [pidCell, leader, typeCell, userCell, databaseCell] = row;
	const pid = numberOf(pidCell);
	const type = toText(typeCell);
	const userId = toNumber(userCell);
	// 0 stands for none: a process that belongs to nobody, or to no database.
	const databaseId = toNumber(databaseCell) || undefined;
	const user = userId ? (names.roles.get(userId) ?? String(userId)) : undefined;
	const database = databaseId === undefined ? undefined : names.databases.get(databaseId);
	const [backendStart, xactStart, queryStart, stateChange] = row.slice(11, 15).map(toNumber);
	const [state, waitType, waitName, text] = row.slice(15, 19).map(toText);
	const application = toText(row[8]);
	return withoutUndefined({
		id: rowId(pid, backendStart, userId),
		pid,
		kind: kindOf(type, user !== undefined && databaseId !== undefined),
		type: toClean(typeCell),
		isVisible: type !== undefined,
		state: toClean(state),
		wait: waitType === undefined ? undefined : {type: clean(waitType), name: clean(waitName ?? '')},
		leaderPid: toNumber(leader),
		backendStart,
		xactStart,
		queryStart,
		stateChange,
		userId,
		user,
		database: database?.name ?? databaseId?.toString(),
		application: application === undefined ? undefined : clean(decodeBytes(application, ownEncoding)),
		client: toClean(row[9]) ?? (toNumber(row[10]) === -1 ? 'local' : undefined),
		query:
			text === undefined
				? undefined
				: toQuery(decodeBytes(text, database?.encoding ?? 'SQL_ASCII'), row, told, database?.encoding),
		hash: toInteger(row[20]),
		queryId: toInteger(row[21]),
		xid: toNumber(row[22]),
		xmin: toNumber(row[23]),
		isUnread: (state !== undefined && !wanted.includes('texts')) || undefined,
	});
}

/** What comes after the fetched piece is not known here: the guard looks at it. */
function toQuery(text: string, row: Cells, told: Told, encoding: string | undefined): QueryText {
	const bytes = numberOf(row[19]);
	const isWhole = bytes <= textLimit;
	const cut = cutOf(bytes, told, encoding);
	return {
		text: clean(text),
		bytes,
		...(!isWhole && {isPart: true}),
		...(cut && {cut}),
		...(isWhole && bytes >= cutFrom(told.queryLimit) && isComment(text) && {isBehindComment: true}),
	};
}

type Defined<T> = {[K in keyof T]: Exclude<T[K], undefined>};

/** `null` and `undefined` end here: a field that the server does not give is absent. */
function withoutUndefined<T extends object>(value: T): Defined<T> {
	const result: Partial<T> = {};
	for (const key of Object.keys(value) as (keyof T)[]) if (value[key] !== undefined) result[key] = value[key];
	return result as Defined<T>;
}
