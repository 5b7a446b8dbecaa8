import type {LoginAgain} from '../domain/server/login-again.js';
import type {Part} from '../domain/server/snapshot.js';
import type {OwnProcess, SessionProcess} from '../domain/session/process/session-process.js';
import type {OutcomeFacts, SignalFacts} from '../domain/signal/record.js';
import type {Order} from '../domain/signal/target.js';
import type {Some} from '../domain/some.js';

/** What the store carries out; the result comes back as an action. */
export type Command =
	| {readonly type: 'connect'; readonly again?: LoginAgain}
	/** `idleTexts`: pids of the sessions whose last query is wanted when they are idle. */
	| {readonly type: 'sample'; readonly parts: readonly Part[]; readonly idleTexts: readonly number[]}
	| {readonly type: 'rights'}
	/** What this server is called, which may be another than when the connection was made. */
	| {readonly type: 'names'}
	| {
			readonly type: 'signal';
			/** All that one key sends: what is asked of the server, and what is written down of it. */
			readonly orders: Some<{readonly order: Order; readonly facts: SignalFacts}>;
			/** The refresh in flight is overdue: it is broken off first. */
			readonly isOverdue: boolean;
			/** Sent although the audit file can't be written. */
			readonly isUnrecorded: boolean;
			/** The same orders once more: the audit file has their lines already. */
			readonly isRepeated: boolean;
	  }
	| {readonly type: 'record-outcome'; readonly number: number; readonly facts: OutcomeFacts}
	| {readonly type: 'look'; readonly pids: readonly number[]}
	| {readonly type: 'locks'; readonly number: number; readonly pid: number}
	/** Who still waits for a lock, for these signals, and which of these pids are still there. */
	| {readonly type: 'waiting'; readonly numbers: readonly number[]; readonly pids: readonly number[]}
	/** Reads everything about one session. */
	| {readonly type: 'inspect'; readonly pid: number}
	/** Reads what a question says of its sessions. */
	| {readonly type: 'facts'; readonly pids: Some<number>}
	| {readonly type: 'format'; readonly text: string}
	/** `isCut`: the server has cut the text. `of` says of what the text is. */
	| {readonly type: 'copy'; readonly text: string; readonly isCut: boolean; readonly of: string}
	/** Reads what the processes of these sessions use, where the server is on this machine. */
	| {readonly type: 'processes'; readonly own: OwnProcess; readonly sessions: readonly SessionProcess[]}
	| {readonly type: 'redraw'}
	| {readonly type: 'suspend'}
	| {readonly type: 'quit'};
