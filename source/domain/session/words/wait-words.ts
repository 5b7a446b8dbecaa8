import type {WaitEvent} from '../backend.js';

/** What the most usual wait events mean. Before 13 some had other names. */
const events: Readonly<Record<string, string>> = {
	'Client:ClientRead': 'its client has not sent the next statement yet',
	'Client:ClientWrite': 'its client has not taken the rows yet',
	'Client:WalSenderMain': 'there is nothing new to send to the standby',
	'Client:WalSenderWaitForWAL': 'there is nothing new to send to the subscriber',
	'IO:DataFileRead': 'reads a block of a table or an index from its file',
	'IO:DataFileWrite': 'writes a block of a table or an index to its file',
	'IO:DataFileExtend': 'makes the file of a table or an index longer',
	'IO:DataFileFlush': 'has the file of a table or an index written to disk',
	'IO:DataFileSync': 'waits until the file of a table or an index is on disk',
	'IO:DataFilePrefetch': 'asks for blocks that it will read soon',
	'IO:BufFileRead': 'reads a temporary file: a sort or a hash did not fit in work_mem',
	'IO:BufFileWrite': 'writes a temporary file: a sort or a hash does not fit in work_mem',
	'IO:WALWrite': 'writes the WAL',
	'IO:WALSync': 'waits until the WAL is on disk',
	'IO:WALRead': 'reads the WAL',
	'IO:SLRURead': 'reads the state of old transactions',
	'IO:CopyFileWrite': 'writes the copy of a file',
	'IPC:SyncRep': 'its commit waits for the standby',
	'IPC:ExecuteGather': 'waits for rows from its parallel workers',
	'IPC:HashBuildHashInner': 'waits until the other workers have filled the hash table',
	'IPC:HashBatchAllocate': 'waits until another worker has made room for the hash table',
	'IPC:ParallelFinish': 'waits until its parallel workers have ended',
	'IPC:ParallelCreateIndexScan': 'waits for the parallel workers that build the index',
	'IPC:BgWorkerShutdown': 'waits until a background worker has ended',
	'IPC:MessageQueueSend': 'another process has to take what it sends',
	'IPC:MessageQueueReceive': 'another process has to send something',
	'IPC:ProcArrayGroupUpdate': 'several sessions end their transactions as one',
	'IPC:BufferIO': 'another session is reading or writing the same block',
	'IPC:RecoveryConflictSnapshot': 'replay has to remove rows that a query here still needs',
	'IPC:CheckpointDone': 'waits until a checkpoint is over',
	'Lock:relation': 'wants a lock of a table or an index that another session has',
	'Lock:transactionid': 'waits until another transaction ends: that has changed the same row',
	'Lock:tuple': 'stands in the queue for a row that another session changes',
	'Lock:virtualxid': 'waits until another transaction ends, as CREATE INDEX CONCURRENTLY does',
	'Lock:extend': 'another session makes the same table longer',
	'Lock:object': 'wants a lock of something that is no table, and another session has it',
	'Lock:advisory': 'wants an advisory lock that another session has',
	'Lock:page': 'wants a lock of a page that another session has',
	'LWLock:WALWrite': 'another session is writing the WAL',
	'LWLock:WALInsert': 'many sessions write into the WAL at once',
	'LWLock:BufferContent': 'another session uses the same block in memory',
	'LWLock:BufferMapping': 'many sessions look for blocks in memory at once',
	'LWLock:ProcArray': 'many sessions take snapshots or end transactions at once',
	'LWLock:LockManager': 'many sessions take locks at once',
	'Timeout:PgSleep': 'runs pg_sleep()',
	'Timeout:VacuumDelay': 'pauses, as vacuum_cost_delay wants',
	'BufferPin:BufferPin': 'waits until no other session stands on the same block',
};

/** What a class of them means, of those that are not told apart here. */
const classes: Readonly<Record<string, string>> = {
	Activity: 'a process of the server, with nothing to do at the moment',
	BufferPin: 'waits until no other session stands on the same block',
	Client: 'waits for its client',
	Extension: 'waits for something in an extension',
	InjectionPoint: 'stopped by a test of the server',
	IO: 'reads or writes a file',
	IPC: 'waits for another process of the server',
	Lock: 'wants a lock that another session has',
	LWLock: 'waits for something in memory that all sessions share',
	Timeout: 'waits until a time has passed',
};

const entry = (table: Readonly<Record<string, string>>, key: string) =>
	Object.hasOwn(table, key) ? table[key] : undefined;

/** What a session waits for, in words; undefined for a class that came later. */
export const waitWords = ({type, name}: WaitEvent): string | undefined =>
	entry(events, `${type}:${name}`) ??
	// Before 13 most LWLocks had the word at their end.
	(type === 'LWLock' ? entry(events, `${type}:${name.replace(/Lock$/, '')}`) : undefined) ??
	entry(classes, type);
