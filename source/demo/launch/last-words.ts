import {readFile} from 'node:fs/promises';
import {join} from 'node:path';

/** What a program of the server in this folder complained about last. */
export async function lastWords(folder: string): Promise<string> {
	const lines = (await readFile(join(folder, 'log'), 'utf8')).trim().split('\n');
	const complaint = lines.findLast(line => /(error|FATAL|PANIC):/.test(line)) ?? lines.at(-1);
	return complaint || 'it said nothing.';
}
