import {stat} from 'node:fs/promises';
import process from 'node:process';
import {openAudit} from '../../../source/files/audit/audit-file.js';
import {author, ended, entry, facts} from './signals.js';

// A program of its own, that writes to the audit file and then has nothing left to do.
const [, , task = '', file = '', label = '', count = '0'] = process.argv;
const audit = openAudit(file, {...author, osUser: label});
const say = (words: unknown) => process.stdout.write(`${JSON.stringify(words)}\n`);

if (task === 'write') {
	// Longer than a page of memory: a line that is not one write would be torn.
	const query = `${label} `.repeat(2000);
	for (let number = 1; number <= Number(count); number++) {
		await audit.signal(entry(number, {...facts(number), query}));
		audit.outcome(number, {...ended, pid: number});
	}
}

if (task === 'pair') {
	// Of two signals of one key only the first has room.
	const [first, second] = [entry(1, facts(1))[0], entry(2, {...facts(2), query: 'x'.repeat(20_000)})[0]];
	const reason = audit.signal([first, second]).catch((error: Error) => error.message);
	say({reason: await reason});
}

/** Less than two seconds after one another. What else the machine does makes both later, and not one before the other. */
const isInTime = async (done: Promise<unknown>): Promise<boolean> =>
	Promise.race([
		done.then(() => true),
		new Promise<boolean>(resolve => {
			setTimeout(resolve, 1900, false).unref();
		}),
	]);

if (task === 'hang') {
	for (let number = 1; number <= Number(count); number++) {
		const reason = audit.signal(entry(number)).then(
			() => 'written',
			(error: Error) => error.message,
		);
		say({isInTime: await isInTime(reason), reason: await reason});
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

const closed = audit.close();
say({isInTime: await isInTime(closed), kept: (await closed).length});
