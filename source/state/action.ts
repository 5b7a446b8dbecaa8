import type {ServerNames} from '../domain/configuration/server-names.js';
import type {Copied} from '../domain/copied.js';
import type {Size} from '../domain/list/window.js';
import type {Locks} from '../domain/locks/lock-row.js';
import type {RowId} from '../domain/row-id.js';
import type {PartFacts, Snapshot} from '../domain/server/snapshot.js';
import type {Trouble} from '../domain/server/trouble.js';
import type {Inspected} from '../domain/session/inspection.js';
import type {ProcessUse} from '../domain/session/process-use.js';
import type {Rights} from '../domain/session/rights.js';
import type {Answer, LocksHeld, Look} from '../domain/signal/look.js';
import type {Some} from '../domain/some.js';
import type {Frame} from './list/frame.js';

/** Everything that can happen to the program. */
export type Action =
	| {readonly type: 'wake'}
	| {readonly type: 'bytes'; readonly bytes: Uint8Array}
	/** A frame reached the terminal. */
	| {readonly type: 'drawn'; readonly frame: Frame}
	| {readonly type: 'resized'; readonly size: Size}
	/** Back from the shell: the screen is old. */
	| {readonly type: 'resumed'}
	| {
			readonly type: 'linked';
			/** How the header names the server, where it may be another than before. */
			readonly name?: string;
			/** The parts that this server has. */
			readonly parts: readonly PartFacts[];
			readonly names: ServerNames;
	  }
	| {
			readonly type: 'link-failed';
			readonly why: string;
			readonly isFinal?: boolean;
			/** The refusal was told before, and nothing was tried now. */
			readonly isOld?: boolean;
			/** Who was refused, where another password may help. */
			readonly passwordFor?: string;
	  }
	| ({readonly type: 'lost'} & Trouble)
	| {readonly type: 'sampled'; readonly snapshot: Snapshot}
	| ({readonly type: 'sample-failed'} & Trouble)
	/** `uses` is absent where the server is not on this machine. */
	| {readonly type: 'processes-read'; readonly uses?: ReadonlyMap<RowId, ProcessUse>}
	| {readonly type: 'rights-read'; readonly rights: Rights}
	| {readonly type: 'rights-failed'; readonly why: string}
	| {readonly type: 'names-read'; readonly names: ServerNames}
	| {readonly type: 'names-failed'}
	| {readonly type: 'answered'; readonly number: number; readonly answer: Answer}
	/** The audit file could not be written, so nothing was sent. */
	| {readonly type: 'unrecorded'; readonly numbers: Some<number>; readonly why: string}
	| {readonly type: 'inspected'; readonly inspected: Inspected}
	| {readonly type: 'inspect-failed'; readonly pid: number; readonly why: string}
	| {readonly type: 'facts-read'; readonly facts: readonly Inspected[]}
	| {readonly type: 'facts-failed'; readonly why: string}
	/** `of` is the query as the session wrote it; without `text` it is shown like that. */
	| {readonly type: 'formatted'; readonly of: string; readonly text?: string}
	| {
			readonly type: 'copied';
			readonly bytes: number;
			readonly isCut: boolean;
			readonly of: string;
			readonly to: Copied;
	  }
	| {readonly type: 'looked'; readonly looks: readonly Look[]}
	| {readonly type: 'look-failed'}
	/** `locks` is absent where they could not be read. */
	| {readonly type: 'locks-read'; readonly number: number; readonly locks?: LocksHeld}
	/** The same of those who waited for what these signals have ended. `looks` tell who is still there. */
	| {
			readonly type: 'waiting-read';
			readonly numbers: readonly number[];
			readonly locks?: Locks;
			readonly looks?: readonly Look[];
	  }
	/** The program ends, and looks for nothing any more. */
	| {readonly type: 'leaving'};
