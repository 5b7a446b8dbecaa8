import type {Client} from 'pg';
import type {Connect, Failure, Server} from '../server.js';
import {cancelRequest} from './cancel-request.js';
import {connect} from './connect/connect.js';
import type {Target} from './connect/target.js';
import {type Fault, faultOf} from './errors.js';
import {createServer, type ServerOptions} from './server.js';

/** The fault in one sentence, with what to try where there is something. */
export const sentenceOf = ({sentence, hint}: Fault) =>
	hint === undefined ? sentence : `${sentence}: ${hint}`;

const failureOf = (fault: Fault): Failure => ({sentence: sentenceOf(fault), isLost: true});

type Options = Omit<ServerOptions, 'interrupt'>;

/** Speaks for a connected client, and says once when its connection breaks. */
async function speakFor(
	client: Client,
	target: Target,
	options: Options,
	lost: (failure: Failure) => void,
): Promise<Server> {
	let isClosed = false;
	const lose = (error: unknown) => {
		if (isClosed) return;
		isClosed = true;
		lost(failureOf(faultOf(error, target)));
	};
	client.on('error', lose);
	client.on('end', () => lose(new Error('Connection terminated unexpectedly')));
	try {
		const {processID, secretKey} = client as Client & {
			readonly processID: number;
			readonly secretKey: number;
		};
		const interrupt = () => cancelRequest(target, processID, secretKey);
		const server = await createServer(client, {...options, interrupt});
		return {
			...server,
			close() {
				isClosed = true;
				server.close();
			},
		};
	} catch (error) {
		isClosed = true;
		client.connection.stream.destroy();
		throw failureOf(faultOf(error, target));
	}
}

/** Opens connections to one target: the first speaks for `client`, which is connected already, and the others for new ones. */
export function connectTo(target: Target, client: Client, options: Options): Connect {
	let first: Client | undefined = client;
	return async lost => {
		const ready = first;
		first = undefined;
		if (ready) return speakFor(ready, target, options, lost);
		const connected = await connect(target);
		if (connected.type === 'failed') throw failureOf(connected.fault);
		return speakFor(connected.client, target, options, lost);
	};
}
