import {lookUp} from '../text/look-up.js';
import type {Kind} from './backend.js';

const kinds: Readonly<Record<string, Kind>> = {
	'client backend': 'client',
	walsender: 'walsender',
	'parallel worker': 'parallel worker',
	'autovacuum worker': 'autovacuum worker',
	'autovacuum launcher': 'launcher',
	'logical replication launcher': 'launcher',
	'logical replication worker': 'logical worker',
	'logical replication apply worker': 'logical worker',
	'logical replication parallel worker': 'logical worker',
	'logical replication tablesync worker': 'logical worker',
	'background worker': 'background worker',
	archiver: 'unsignallable',
	'background writer': 'unsignallable',
	checkpointer: 'unsignallable',
	'io worker': 'unsignallable',
	logger: 'unsignallable',
	startup: 'unsignallable',
	walreceiver: 'unsignallable',
	walsummarizer: 'unsignallable',
	walwriter: 'unsignallable',
};

/** Whether a row of this kind is a process of the server. Whatever is none has the pid 0, and no signal reaches it. */
export const isProcess = (kind: Kind) => kind !== 'prepared transaction' && kind !== 'queue';

/**
Sorts a backend_type into what c and k have to know of it.

Without rights the type is hidden; then a row with a user and a database counts as a client that can't be verified.
*/
export function kindOf(type: string | undefined, hasUserAndDatabase: boolean): Kind {
	if (type === undefined) return hasUserAndDatabase ? 'client' : 'unknown';
	return lookUp(kinds, type) ?? 'unknown';
}
