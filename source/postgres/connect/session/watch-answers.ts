import type {Socket} from 'node:net';

/** In milliseconds. When something was asked and not a byte comes within this time, the connection is broken off. */
export const answerTimeout = 9000;

/** In milliseconds. */
export type AnswerLimits = {
	/** After how long a silence of the server our own statement may be stuck there. */
	readonly stuck: number;
	/** How long nothing may come. */
	readonly silence: number;
	/** How long a single answer may take, however steadily its bytes come. */
	readonly whole: number;
	/** How often that is looked at. Time in which the program did not run, in a suspended machine for example, counts as one of these: the answer may have come meanwhile. */
	readonly every: number;
};

const usualLimits: AnswerLimits = {stuck: 4500, silence: answerTimeout, whole: 60_000, every: 500};

export type AnswerWatch = {
	/** Something was asked. */
	asked(): void;
	/** One of the answers is whole; `isLast`: there is nothing more to come. */
	answered(isLast: boolean): void;
};

/**
Breaks a connection off, with the error by which node-postgres calls a timeout, where answers do not come.

node-postgres would count the whole answer: over a slow link one that is large would never arrive, and the connection that takes the place of this one would get no further. `onStuck` is called once in each silence, and long after the limits that the server itself keeps.
*/
export function watchAnswers(
	socket: Socket,
	onStuck: () => void,
	{stuck, silence, whole, every}: AnswerLimits = usualLimits,
): AnswerWatch {
	let timer: NodeJS.Timeout | undefined;
	let heard = 0;
	let silentFor = 0;
	let takes = 0;

	const look = () => {
		const before = silentFor;
		silentFor = socket.bytesRead === heard ? silentFor + every : 0;
		heard = socket.bytesRead;
		takes += every;
		if (before < stuck && silentFor >= stuck) onStuck();
		if (silentFor >= silence || takes >= whole) socket.destroy(new Error('Query read timeout'));
	};

	const stop = () => {
		clearInterval(timer);
		timer = undefined;
	};

	socket.once('close', stop);
	return {
		asked() {
			if (timer || socket.destroyed) return;
			heard = socket.bytesRead;
			silentFor = 0;
			takes = 0;
			timer = setInterval(look, every);
		},
		answered(isLast) {
			takes = 0;
			if (isLast) stop();
		},
	};
}
