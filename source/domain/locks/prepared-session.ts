import type {RowId} from '../row-id.js';
import type {Backend} from '../session/backend.js';
import type {Prepared} from './prepared.js';

/** Of a prepared transaction: its gid and database, as it has no process. */
export const preparedId = ({gid, database}: Pick<Prepared, 'gid' | 'database'>): RowId =>
	`prepared ${database} ${gid}` as RowId;

/** A prepared transaction as a row of the list. It has no pid: SQL reports 0. */
export const preparedSession = (prepared: Prepared): Backend => ({
	id: preparedId(prepared),
	pid: 0,
	kind: 'prepared transaction',
	isVisible: true,
	state: 'prepared',
	user: prepared.owner,
	database: prepared.database,
	xactStart: prepared.preparedAt,
	xid: prepared.xid,
	prepared,
});
