import type {ServerNames} from '../domain/configuration/server-names.js';
import type {Inspected} from '../domain/session/inspection.js';
import type {Rights} from '../domain/session/rights.js';

/** What a server tells when it is asked for more than a picture. Promises reject with a `Failure`. */
export type Inspector = {
	/** Everything about one session; with the whole text of its query where `isWhole`. */
	inspect(pid: number, isWhole: boolean): Promise<Inspected>;
	/** What this role may see and signal, and whether the server logs its statements. */
	rights(): Promise<Rights>;
	/** What the server is called that answers now: behind a pooler it may be another than before. */
	names(): Promise<ServerNames>;
};
