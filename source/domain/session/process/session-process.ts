import type {Micros} from '../../micros.js';
import type {RowId} from '../../row-id.js';

/** A session and when it began, by the server: the pid may be another process's on this machine. */
export type SessionProcess = {readonly id: RowId; readonly pid: number; readonly backendStart: Micros};

/** By what a server is known to be on this machine: our own session there, and when the postmaster had started. */
export type OwnProcess = Omit<SessionProcess, 'id'> & {readonly startedAt: Micros};
