import process from 'node:process';
import {cutLine} from '../../domain/text/secrets/cut-line.js';
import {longestSecret} from '../../domain/text/secrets/secret.js';

export type ReadLine =
	/** Without the line end; empty at the end of the input. */
	{readonly type: 'line'; readonly bytes: Buffer} | {readonly type: 'too long'} | {readonly type: 'stopped'};

/** Reads one line of standard input, and leaves the others there. `stopped` ends the wait. */
export async function readLine(stopped: AbortSignal): Promise<ReadLine> {
	const {stdin} = process;
	return new Promise(resolve => {
		let bytes = Buffer.alloc(0);
		const finish = (read: ReadLine) => {
			stdin.off('readable', take);
			stdin.off('end', end);
			stdin.off('error', end);
			stopped.removeEventListener('abort', stop);
			resolve(read);
		};

		const look = (isOver: boolean) => {
			const cut = cutLine(bytes, isOver);
			if ((cut?.line ?? bytes).length > longestSecret) finish({type: 'too long'});
			else if (cut) {
				if (cut.rest.length > 0) stdin.unshift(cut.rest);
				finish({type: 'line', bytes: cut.line});
			}
		};

		const take = () => {
			for (let chunk = stdin.read(); chunk !== null; chunk = stdin.read()) {
				bytes = Buffer.concat([bytes, chunk as Buffer]);
				if (bytes.length > longestSecret || bytes.includes(0x0a) || bytes.includes(0)) break;
			}

			look(false);
		};

		// An input that can't be read counts as ended.
		const end = () => look(true);
		const stop = () => finish({type: 'stopped'});
		if (stdin.readableEnded || stdin.destroyed) {
			end();
			return;
		}

		stopped.addEventListener('abort', stop);
		stdin.on('readable', take);
		stdin.on('end', end);
		stdin.on('error', end);
	});
}
