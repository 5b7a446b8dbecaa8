import type {ServerNames} from '../domain/configuration/server-names.js';
import type {LoginAgain} from '../domain/server/login-again.js';
import type {Failure} from './failure.js';
import type {Inspector} from './inspector.js';
import type {Processes} from './processes.js';
import type {Signaller} from './signaller.js';
import type {Source} from './source.js';

/** One connection to a server: what stands between the program and PostgreSQL. */
export type Server = Source & {
	/** As it was called when the connection was made. */
	readonly names: ServerNames;
	readonly inspector: Inspector;
	/** Absent with --read-only, and where one picture is all: nothing there can send. */
	readonly signaller?: Signaller;
	/** Absent where the way to the server is none that stays on one machine. */
	readonly processes?: Processes;
};

/** Makes a new connection. `lost` is called once, when it breaks by itself. `over` ends a try that is under way. `again` says which password to use, where a person asked for the connection. */
export type Connect = (
	lost: (failure: Failure) => void,
	over: AbortSignal,
	again?: LoginAgain,
) => Promise<Server>;
