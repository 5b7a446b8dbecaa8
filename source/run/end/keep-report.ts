import path from 'node:path';
import process from 'node:process';
import {clean} from '../../domain/text/clean.js';
import {auditPath} from '../../files/audit/audit-path.js';
import {writeBugFile} from '../../files/bug-file.js';
import {thisMachine} from '../../postgres/connect/machine.js';

/** `20261130T110501Z` */
function stampOf(time: Date): string {
	const day = [time.getUTCFullYear(), time.getUTCMonth() + 1, time.getUTCDate()];
	const clock = [time.getUTCHours(), time.getUTCMinutes(), time.getUTCSeconds()];
	const [date, hour] = [day, clock].map(parts => parts.map(part => String(part).padStart(2, '0')).join(''));
	return `${date}T${hour}Z`;
}

/** Writes the report of a bug beside the usual audit file. Resolves with the file's name, safe to print; rejects with a sentence. */
export async function keepReport(text: string, environment: Readonly<NodeJS.ProcessEnv>): Promise<string> {
	const folder = path.dirname(auditPath(environment, thisMachine()));
	const file = path.join(folder, `bug-${stampOf(new Date())}-${process.pid}.txt`);
	await writeBugFile(file, `${text}\n`);
	return clean(file);
}
