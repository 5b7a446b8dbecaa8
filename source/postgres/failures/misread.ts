import type {Server} from '../../ports/connect.js';
import {type Failure, isFailure} from '../../ports/failure.js';
import {faultOf} from './errors.js';

/**
The same server, where an answer that can't be read is a `Failure`: it costs no more than a refusal of the server. A mistake of our own stays one.

When the connection has broken, everything unanswered fails for the reason that `broken` tells.
*/
export function tellFailures(server: Server, broken: () => Failure | undefined): Server {
	const toFailure = (error: unknown): never => {
		const loss = broken();
		if (loss) throw loss;
		if (isFailure(error) || error instanceof TypeError || error instanceof RangeError) throw error;
		throw {sentence: faultOf(error).sentence, isLost: false} satisfies Failure;
	};

	const {inspector, signaller} = server;
	return {
		...server,
		sample: async (...asked) => server.sample(...asked).catch(toFailure),
		inspector: {
			inspect: async pid => inspector.inspect(pid).catch(toFailure),
			facts: async pids => inspector.facts(pids).catch(toFailure),
			rights: async () => inspector.rights().catch(toFailure),
			names: async () => inspector.names().catch(toFailure),
		},
		...(signaller && {
			signaller: {
				...signaller,
				look: async pids => signaller.look(pids).catch(toFailure),
				locks: async pid => signaller.locks(pid).catch(toFailure),
				waits: async pids => signaller.waits(pids).catch(toFailure),
			},
		}),
	};
}
