import type {Micros} from '../micros.js';

/** A prepared transaction. */
export type Prepared = {
	readonly gid: string;
	/** Its gid or database is not as the server has it: something in it could not be shown. */
	readonly isCleaned?: true;
	readonly owner: string;
	readonly database: string;
	readonly preparedAt: Micros;
	/** As a 32-bit xid. */
	readonly xid: number;
};
