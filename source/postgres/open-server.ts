import type {Connect, Server} from '../ports/connect.js';
import type {Failure} from '../ports/failure.js';
import type {Processes} from '../ports/processes.js';
import {cancelRequest} from './cancel-request.js';
import {type Connected, connect, type Failed} from './connect/connect.js';
import {
	type Attempt,
	type ConnectTarget,
	describeAttempt,
	isSocket,
	socketPath,
} from './connect/connect-target.js';
import {knowLogins} from './connect/password/known-logins.js';
import {within} from './connect/within.js';
import {type Fault, failureSentence, faultOf} from './failures/errors.js';
import {hintOfAnswer} from './failures/hints.js';
import {tellFailures} from './failures/misread.js';
import {createServer, type ServerOptions} from './server.js';

const failureOf = (fault: Fault): Failure => ({
	sentence: failureSentence(fault),
	isLost: true,
	...(!fault.isRetryable && {isFinal: true}),
});

const refusalOf = ({fault, attempt}: Failed, {nameOf = describeAttempt, mayAsk}: Options): Failure => ({
	...failureOf(fault),
	...(fault.wantsPassword && mayAsk && {passwordFor: nameOf(attempt)}),
});

type Options = Omit<ServerOptions, 'interrupt' | 'attempt'> & {
	/** How the screen names a server; absent, by role, host and database. */
	readonly nameOf?: (attempt: Attempt) => string;
	/** Reads what the sessions of a server use that has this socket. */
	readonly processesAt?: (socket: string) => Processes;
	/** A person may be asked for a password. */
	readonly mayAsk?: boolean;
};

/** A name in Linux' abstract namespace belongs to no user. */
const isSocketFile = (attempt: Attempt) => isSocket(attempt) && attempt.host.startsWith('/');

/** Speaks for a connected client, and says once when its connection breaks. */
async function speakFor(
	{client, attempt, reopen}: Connected,
	options: Options,
	lost: (failure: Failure) => void,
	over: AbortSignal,
): Promise<Server> {
	const {processesAt} = options;
	const {host, port} = attempt;
	let isClosed = false;
	let loss: Failure | undefined;
	const lose = (error: unknown) => {
		if (isClosed) return;
		isClosed = true;
		const fault = faultOf(error, attempt);
		const hint = hintOfAnswer(fault.kind);
		loss = {...failureOf(fault), ...(hint && {hint})};
		// What the session was asked may go on there, beside the one that takes its place.
		if (fault.kind === 'timeout') void interrupt().catch(() => {});
		lost(loss);
	};
	const {processID, secretKey} = client as typeof client & {
		readonly processID: number;
		readonly secretKey: number;
	};
	const interrupt = () => cancelRequest(reopen, processID, secretKey);
	const {stream} = client.connection;
	const giveUp = () => {
		isClosed = true;
		stream.destroy();
	};
	over.addEventListener('abort', giveUp);
	if (over.aborted) giveUp();
	client.on('error', lose);
	client.on('end', () => lose(new Error('Connection terminated unexpectedly')));
	try {
		const server = tellFailures(await createServer(client, {...options, attempt, interrupt}), () => loss);
		return {
			...server,
			name: (options.nameOf ?? describeAttempt)(attempt),
			...(processesAt && isSocketFile(attempt) && {processes: processesAt(socketPath(host, port))}),
			close() {
				isClosed = true;
				server.close();
			},
		};
	} catch (error) {
		giveUp();
		throw failureOf(faultOf(error, attempt));
	} finally {
		over.removeEventListener('abort', giveUp);
	}
}

/** Opens connections to one target. The first call takes the one that is already open, the others open new ones. */
export function connectTo(target: ConnectTarget, connected: Connected, options: Options): Connect {
	let first: Connected | undefined = connected;
	const logins = knowLogins(target);
	return async (lost, over, again) => {
		const ready = first;
		first = undefined;
		if (ready) return speakFor(ready, options, lost, over);
		// Where nobody can be asked, a refused password is tried all the same.
		const chosen = await within(over, logins.choose(options.mayAsk ? again : undefined));
		if ('type' in chosen) throw {...refusalOf(chosen, options), isOld: true} satisfies Failure;
		const next = await connect(chosen, over);
		logins.note(chosen, next);
		if (next.type === 'failed') throw refusalOf(next, options);
		return speakFor(next, options, lost, over);
	};
}
