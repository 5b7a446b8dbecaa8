import {closeSync, openSync, writeSync} from 'node:fs';
import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import {ReadStream} from 'node:tty';
import {fromBytes, toBytes} from '../../domain/text/raw-text.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export type Cancelled = {readonly type: 'cancelled'; readonly signal: (typeof signals)[number]};

export type Answer =
	| {readonly type: 'password'; readonly password: string}
	| Cancelled
	| {readonly type: 'no terminal'};

type Line = {readonly text: string; readonly end?: 'enter' | 'cancel'};

/** How long a stop may take to come into effect, in milliseconds. */
const stopsWithin = 100;

/** A character that came in two pieces is one. */
const charactersOf = (line: readonly string[]) => [...fromBytes(toBytes(line.join('')))];

/** What the keys in `input` make of the line typed so far. */
export function typeInto(text: string, input: string): Line {
	let line = [...text];
	for (const key of input) {
		if (key === '\r' || key === '\n' || key === '\u0004')
			return {text: charactersOf(line).join(''), end: 'enter'};
		if (key === '\u0003') return {text: '', end: 'cancel'};
		if (key === '\u0015') line = [];
		else if (key === '\b' || key === '\u007F') line = charactersOf(line).slice(0, -1);
		else if (key >= ' ') line.push(key);
	}

	return {text: line.join('')};
}

/**
Asks for a password on the terminal itself, so that standard input and output may be pipes, without showing what is typed.

However it ends, a signal included, the terminal is as it was.
*/
export async function askPassword(question: string): Promise<Answer> {
	let input: ReadStream;
	let output: number;
	try {
		output = openSync('/dev/tty', 'w');
		input = new ReadStream(openSync('/dev/tty', 'r'));
	} catch {
		return {type: 'no terminal'};
	}

	// Nobody reads the end of a question on a terminal that is gone.
	const say = (words: string) => {
		try {
			writeSync(output, words);
		} catch {}
	};

	return new Promise(resolve => {
		let text = '';
		let isOpen = true;
		const finish = (answer: Answer) => {
			if (!isOpen) return;
			isOpen = false;
			for (const signal of signals) process.off(signal, cancel);
			input.setRawMode(false);
			input.destroy();
			say('\n');
			closeSync(output);
			resolve(answer);
		};

		const cancel = (signal: NodeJS.Signals) =>
			finish({type: 'cancelled', signal: signal as (typeof signals)[number]});
		for (const signal of signals) process.on(signal, cancel);
		input.on('error', () => cancel('SIGHUP'));
		input.on('end', () => cancel('SIGHUP'));
		input.setRawMode(true);
		say(question);
		// To the shell, as at any question: back with fg it is asked anew.
		const suspend = async () => {
			text = '';
			input.setRawMode(false);
			const continued = new Promise<void>(done => process.once('SIGCONT', () => done()));
			process.kill(0, 'SIGTSTP');
			// Where no shell could continue it the job is not stopped at all.
			await Promise.race([continued, wait(stopsWithin)]);
			if (!isOpen) return;
			input.setRawMode(true);
			say(question);
		};

		input.on('data', (bytes: Buffer) => {
			const keys = fromBytes(bytes);
			if (keys.includes('\u001A')) {
				void suspend();
				return;
			}

			const line = typeInto(text, keys);
			text = line.text;
			if (line.end === 'enter') finish({type: 'password', password: text});
			if (line.end === 'cancel') cancel('SIGINT');
		});
	});
}
