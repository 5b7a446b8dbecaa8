import {closeSync, openSync, writeSync} from 'node:fs';
import process from 'node:process';
import {ReadStream} from 'node:tty';
import {type EndingSignal, endingSignals} from '../../domain/ending-signals.js';
import {fromBytes} from '../../domain/text/raw-text.js';
import {longestSecret} from '../../domain/text/secrets/secret.js';
import type {PromptAnswer} from '../../ports/ask.js';
import {stopJob} from '../stop-job.js';
import {readLine} from './read-line.js';
import {nothingTyped, typeInto, withoutUnfinished} from './typed-line.js';

const endsBySignal = {cancel: 'SIGINT', quit: 'SIGQUIT'} as const;

type Terminal = {readonly input: ReadStream; say(words: string): void; close(): void};

// Nobody reads the end of a question on a terminal that is gone.
const sayTo = (output: number) => (words: string) => {
	try {
		writeSync(output, words);
	} catch {}
};

/** Where a person is: the controlling terminal of this process, else standard input where that is one. */
function openTerminal(): Terminal | undefined {
	try {
		const output = openSync('/dev/tty', 'w');
		const input = new ReadStream(openSync('/dev/tty', 'r'));
		const close = () => {
			input.destroy();
			closeSync(output);
		};
		return {input, say: sayTo(output), close};
	} catch {
		const {stdin, stderr} = process;
		return stdin.isTTY ? {input: stdin, say: sayTo(stderr.fd), close: () => void stdin.pause()} : undefined;
	}
}

/** Asks on a terminal, without showing what is typed. However the question ends, even by a signal, the terminal is as it was. */
async function askOn({input, say, close}: Terminal, question: string): Promise<PromptAnswer> {
	return new Promise(resolve => {
		let typed = nothingTyped;
		let typedAt = -Infinity;
		let isOpen = true;
		const finish = (answer: PromptAnswer) => {
			if (!isOpen) return;
			isOpen = false;
			for (const signal of endingSignals) process.off(signal, cancel);
			input.setRawMode(false);
			input.off('data', read);
			input.off('error', hangUp);
			input.off('end', hangUp);
			// The terminal may still report that it is gone.
			input.on('error', () => {});
			say('\n');
			close();
			resolve(answer);
		};

		const cancel = (signal: NodeJS.Signals) => finish({type: 'cancelled', signal: signal as EndingSignal});
		const hangUp = () => cancel('SIGHUP');
		// Back to the shell, as at any question. After fg the question is asked anew.
		const suspend = async () => {
			// Windows has no jobs.
			if (process.platform === 'win32') return;
			typed = nothingTyped;
			input.setRawMode(false);
			await stopJob();
			if (!isOpen) return;
			input.setRawMode(true);
			say(question);
		};

		const read = (bytes: Buffer) => {
			const now = performance.now();
			const {end, ...line} = typeInto(withoutUnfinished(typed, now - typedAt), bytes.toString('latin1'));
			typed = line;
			typedAt = now;
			if (end === 'suspend') void suspend();
			else if (end !== undefined && end !== 'enter') cancel(endsBySignal[end]);
			else if (typed.bytes.length > longestSecret)
				finish({type: 'bad', sentence: 'no password is longer than 64 kB'});
			else if (end) finish({type: 'password', password: fromBytes(Buffer.from(typed.bytes, 'latin1'))});
		};

		for (const signal of endingSignals) process.on(signal, cancel);
		input.on('error', hangUp);
		input.on('end', hangUp);
		input.setRawMode(true);
		say(question);
		input.on('data', read);
	});
}

/** Reads the first line of standard input, as psql does where there is no terminal. */
async function readAnswer(question: string): Promise<PromptAnswer> {
	const stopped = new AbortController();
	let stoppedBy: EndingSignal | undefined;
	const stop = (signal: NodeJS.Signals) => {
		stoppedBy = signal as EndingSignal;
		stopped.abort();
	};
	for (const signal of endingSignals) process.on(signal, stop);
	process.stderr.write(question);
	const read = await readLine(stopped.signal);
	process.stderr.write('\n');
	for (const signal of endingSignals) process.off(signal, stop);
	switch (read.type) {
		case 'line':
			return {type: 'password', password: fromBytes(read.bytes)};
		case 'too long':
			return {
				type: 'bad',
				sentence: 'the first line of standard input is no password: it is longer than 64 kB',
			};
		case 'stopped':
			return {type: 'cancelled', signal: stoppedBy ?? 'SIGTERM'};
	}
}

/**
Asks for a password or passphrase without showing what is typed. Asks on the terminal itself, so that standard input and output may be pipes.

Without a terminal, reads the first line of standard input.
*/
export async function askPassword(question: string): Promise<PromptAnswer> {
	const terminal = openTerminal();
	return terminal ? askOn(terminal, question) : readAnswer(question);
}
