import {spawn} from 'node:child_process';
import process from 'node:process';
import {clean} from '../../../domain/text/clean.js';
import {fromBytes} from '../../../domain/text/raw-text.js';
import {cut} from '../../../domain/text/width.js';
import {cutLine, longestSecret} from './standard-input.js';

export type PasswordGiven =
	| {readonly type: 'password'; readonly password: string}
	/** Goes on after `the password command`. */
	| {readonly type: 'failed'; readonly why: string};

/** Of what it complains: more than the first line is read by nobody. */
const longestComplaint = 4096;

/** In cells. */
const longestReason = 120;

/** Where nothing else limits it, in milliseconds. */
const usualTime = 10_000;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** Its own words, cut, for a sentence about it. */
function complaintOf(bytes: Buffer): string {
	const words = clean((bytes.toString('utf8').split('\n')[0] ?? '').trim());
	return words === '' ? '' : `: ${cut(words, longestReason)}`;
}

function passwordIn(output: Buffer): PasswordGiven {
	const password = fromBytes(cutLine(output, true)?.line ?? output);
	return password === '' ? {type: 'failed', why: 'wrote no password'} : {type: 'password', password};
}

/** Calls `end` before this process ends in any way that it hears of; what is returned takes that back. */
function beforeEnd(end: () => void): () => void {
	const hear = (signal: NodeJS.Signals) => {
		end();
		release();
		// Where nobody else heard it, it is to do what it would have done.
		if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
	};
	const release = () => {
		process.off('exit', end);
		for (const signal of signals) process.off(signal, hear);
	};
	process.on('exit', end);
	for (const signal of signals) process.on(signal, hear);
	return release;
}

/**
Runs a command of the shell, and takes the first line that it writes for a password.

It has a session of its own: no terminal that it could write to or read from. What it has started in its group ends with it: when it has ended itself, when it takes longer than `milliseconds` (0 is the usual time), at `over`, and with this process.
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

	// Before it runs: whatever ends this process from now on ends it, too.
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
		// Without a descriptor left it has no output, and only this.
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
		// Of what it has started something may have left its group, and keep its output open: the first line is whole all the same.
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
