import type {ServerNames} from '../domain/configuration/server-names.js';
import type {Inspected} from '../domain/session/inspection.js';
import type {Rights} from '../domain/session/rights.js';
import type {Some} from '../domain/some.js';

/** What a server tells when it is asked for more than a picture. Promises reject with a `Failure`. */
export type Inspector = {
	/** Everything about one session, with the whole text of its query. */
	inspect(pid: number): Promise<Inspected>;
	/** What a question says of these sessions, in one message, in the order of the pids. */
	facts(pids: Some<number>): Promise<readonly Inspected[]>;
	/** What this role may see and signal, and whether the server logs its statements. */
	rights(): Promise<Rights>;
	/** What the server is called that answers now: behind a pooler it may be another than before. */
	names(): Promise<ServerNames>;
};
