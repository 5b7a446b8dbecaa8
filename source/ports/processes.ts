import type {RowId} from '../domain/row-id.js';
import type {OwnProcess, SessionProcess} from '../domain/session/process/session-process.js';
import type {ProcessUse} from '../domain/session/process-use.js';

/** What this machine tells of the processes of a server. */
export type Processes = {
	/** What these sessions use, without those that it can't tell of. Undefined where the server is on another machine, or in a container of its own. Never rejects. */
	read(
		own: OwnProcess,
		sessions: readonly SessionProcess[],
	): Promise<ReadonlyMap<RowId, ProcessUse> | undefined>;
};
