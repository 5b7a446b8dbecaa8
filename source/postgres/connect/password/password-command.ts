import {spawn} from 'node:child_process';
import process from 'node:process';
import {endingSignals} from '../../../domain/ending-signals.js';
import {clean} from '../../../domain/text/clean.js';
import {fromBytes} from '../../../domain/text/raw-text.js';
import {cutLine} from '../../../domain/text/secrets/cut-line.js';
import {longestSecret} from '../../../domain/text/secrets/secret.js';
import {cut} from '../../../domain/text/width.js';

export type PasswordGiven =
	| {readonly type: 'password'; readonly password: string}
	/** Goes on after `the password command`. */
	| {readonly type: 'failed'; readonly why: string};

/** In bytes of stderr: nobody reads more than the first line. */
const longestComplaint = 4096;

/** In cells of the terminal. */
const longestReason = 120;

/** How long a command may take without connect_timeout, in milliseconds. */
const usualTime = 10_000;

/** The command's own words, cut, for a sentence about it. */
function complaintOf(bytes: Buffer): string {
	const words = clean((bytes.toString('utf8').split('\n')[0] ?? '').trim());
	return words === '' ? '' : `: ${cut(words, longestReason)}`;
}

function passwordIn(output: Buffer): PasswordGiven {
	const password = fromBytes(cutLine(output, true)?.line ?? output);
	return password === '' ? {type: 'failed', why: 'wrote no password'} : {type: 'password', password};
}

/** Calls `end` before this process ends, by exit or by a signal that it can hear. The function returned takes that back. */
function beforeEnd(end: () => void): () => void {
	const hear = (signal: NodeJS.Signals) => {
		end();
		release();
		// Where nobody else listens, the signal is to end this process as usual.
		if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
	};
	const release = () => {
		process.off('exit', end);
		for (const signal of endingSignals) process.off(signal, hear);
	};
	process.on('exit', end);
	for (const signal of endingSignals) process.on(signal, hear);
	return release;
}

/**
Runs a command of the shell, and takes the first line that it writes for a password.

The command has a session of its own, so it has no terminal to write to or read from. When it exits, what it has started in its group ends with it. All of them end after `milliseconds` (0 is the usual time), at `over`, and with this process.
*/
export async function runPasswordCommand(
	command: string,
	milliseconds: number,
	over: AbortSignal,
): Promise<PasswordGiven> {
	const limit = milliseconds || usualTime;
	let group: number | undefined;
	const kill = () => {
		try {
			if (group !== undefined) process.kill(-group, 'SIGKILL');
		} catch {}
	};

	// Before the command runs: whatever ends this process from now on ends the command, too.
	const release = beforeEnd(kill);
	const child = spawn('/bin/sh', ['-c', command], {stdio: ['ignore', 'pipe', 'pipe'], detached: true});
	group = child.pid;

	return new Promise(resolve => {
		let output = Buffer.alloc(0);
		let complaint = Buffer.alloc(0);
		const finish = (given: PasswordGiven) => {
			clearTimeout(timer);
			release();
			over.removeEventListener('abort', stop);
			resolve(given);
		};

		const fail = (why: string) => {
			kill();
			finish({type: 'failed', why});
		};

		const stop = () => fail('was ended before it gave a password');
		const timer = setTimeout(() => fail(`did not end within ${limit / 1000}s`), limit);
		// Where no file descriptor is left, only this event comes, and no output.
		child.on('error', error => fail(`could not be run${'code' in error ? ` (${String(error.code)})` : ''}`));
		if (over.aborted) stop();
		over.addEventListener('abort', stop);
		child.stdout?.on('data', (bytes: Buffer) => {
			output = Buffer.concat([output, bytes]);
			if (output.length > longestSecret) fail('wrote more than 64 kB');
			else look();
		});
		child.stderr?.on('data', (bytes: Buffer) => {
			complaint = Buffer.concat([complaint, bytes]).subarray(0, longestComplaint);
		});
		// A process that left the group may keep the output open: the first line is whole all the same.
		let hasGiven = false;
		const look = () => {
			if (hasGiven && cutLine(output, false)) finish(passwordIn(output));
		};
		child.on('exit', code => {
			kill();
			hasGiven = code === 0;
			look();
		});
		child.on('close', (code, signal) => {
			if (code === 0) finish(passwordIn(output));
			else
				fail(
					`${code === null ? `was ended by ${signal}` : `ended with exit code ${code}`}${complaintOf(complaint)}`,
				);
		});
	});
}
