import {stat} from 'node:fs/promises';
import process from 'node:process';
import {openAudit} from '../../source/files/audit/audit-file.js';
import {author, ended, facts, statement} from './signals.js';

// A program of its own, that writes to the audit file and then has nothing left to do.
const [, , task = '', file = '', label = '', count = '0'] = process.argv;
const audit = openAudit(file, {...author, osUser: label});
const say = (words: unknown) => process.stdout.write(`${JSON.stringify(words)}\n`);

if (task === 'write') {
	// Longer than a page of memory: a line that is not one write would be torn.
	const query = `${label} `.repeat(2000);
	for (let number = 1; number <= Number(count); number++) {
		await audit.signal(number, {...facts(number), query}, statement);
		audit.outcome(number, {...ended, pid: number});
	}
}

if (task === 'hang') {
	for (let number = 1; number <= Number(count); number++) {
		const started = performance.now();
		const reason = await audit.signal(number, facts(), statement).then(
			() => 'written',
			(error: Error) => error.message,
		);
		say({reason, took: performance.now() - started});
	}

	// Whatever hangs must leave room for others: name lookups and all other files go the same way.
	const isFree = await Promise.race([
		stat('/').then(() => true),
		new Promise(resolve => {
			setTimeout(resolve, 20_000, false).unref();
		}),
	]);
	say({isFree});
}

const started = performance.now();
const kept = await audit.close();
say({kept: kept.length, took: performance.now() - started});
