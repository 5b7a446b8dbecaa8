import {execFile} from 'node:child_process';
import {type LookupAddress, promises} from 'node:dns';
import process from 'node:process';
import {promisify} from 'node:util';

const how = {all: true, verbatim: true} as const;

/** Tells on standard output what the look-up of its argument gives. Name and answer are JSON: they may have anything in them, even what is no character. */
const script = `require('node:dns').lookup(JSON.parse(process.argv[1]), ${JSON.stringify(how)}, (error, found) =>
	process.stdout.write(JSON.stringify(error ? {error: {...error, message: error.message}} : {found})))`;

type Told = {readonly found?: readonly LookupAddress[]; readonly error?: {readonly message: string}};

/** Asks a process of its own, which is gone as soon as `over` says so. Undefined where none can be started, and where it does not tell. */
async function askChild(host: string, over: AbortSignal): Promise<Told | undefined> {
	over.throwIfAborted();
	// `over` outlives the look-up, and must hold nothing of it: Node.js lets go of a signal only where a process was started.
	const end = new AbortController();
	const follow = () => end.abort();
	over.addEventListener('abort', follow);
	// What the options of Node.js ask for is meant for pgtop, and may write to standard output.
	const env = {...process.env, NODE_OPTIONS: ''};
	const options = {signal: end.signal, killSignal: 'SIGKILL', env} as const;
	try {
		const words = ['-e', script, '--', JSON.stringify(host)];
		const {stdout} = await promisify(execFile)(process.execPath, words, options);
		return JSON.parse(stdout) as Told;
	} catch {
		over.throwIfAborted();
		return undefined;
	} finally {
		over.removeEventListener('abort', follow);
	}
}

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
