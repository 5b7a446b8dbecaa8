import {execFile} from 'node:child_process';
import {type LookupAddress, promises} from 'node:dns';
import process from 'node:process';

const how = {all: true, verbatim: true} as const;

/** Tells on standard output what the look-up of its argument gives. */
const script = `require('node:dns').lookup(process.argv[1], ${JSON.stringify(how)}, (error, found) =>
	process.stdout.write(JSON.stringify(error ? {error: {...error, message: error.message}} : {found})))`;

type Told = {readonly found?: readonly LookupAddress[]; readonly error?: {readonly message: string}};

/** Asks a process of its own, which is gone as soon as `over` says so. Undefined where none can be started. */
const askChild = (host: string, over: AbortSignal): Promise<Told | undefined> =>
	new Promise((resolve, reject) => {
		// What the options of Node.js ask for is meant for pgtop, and may write to standard output.
		const env = {...process.env, NODE_OPTIONS: ''};
		const options = {signal: over, killSignal: 'SIGKILL', env} as const;
		execFile(process.execPath, ['-e', script, '--', host], options, (error, stdout) => {
			if (over.aborted) reject(over.reason);
			else resolve(error ? undefined : (JSON.parse(stdout) as Told));
		});
	});

/**
Every address of a host, in the order that the system wants them tried. Rejects as Node.js' own look-up does.

A look-up can't be given up, and a process of Node.js does not end before its own look-ups have: without a network that takes half a minute. With `over` somebody may want to go at once, so the look-up has a process of its own.
*/
export async function lookUpHost(
	host: string,
	over: AbortSignal | undefined,
): Promise<readonly LookupAddress[]> {
	const told = over && (await askChild(host, over));
	if (!told) return promises.lookup(host, how);
	if (told.error) throw Object.assign(new Error(told.error.message), told.error);
	return told.found ?? [];
}
