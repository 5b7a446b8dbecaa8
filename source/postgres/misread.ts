import {isFailure, type Server} from '../server.js';
import {faultOf} from './errors.js';

/** An answer that is not what was asked for is the server's failure, and costs no more than one of its refusals. A mistake of our own stays one. */
function toFailure(error: unknown): never {
	if (isFailure(error) || error instanceof TypeError || error instanceof RangeError) throw error;
	throw {sentence: faultOf(error).sentence, isLost: false};
}

/** The same server, of which every answer that can't be read is a `Failure`. */
export const tellMisread = (server: Server): Server => ({
	...server,
	sample: async parts => server.sample(parts).catch(toFailure),
	look: async pids => server.look(pids).catch(toFailure),
	locks: async pid => server.locks(pid).catch(toFailure),
	inspect: async (pid, isWhole) => server.inspect(pid, isWhole).catch(toFailure),
	rights: async () => server.rights().catch(toFailure),
});
