import process from 'node:process';

/** Makes a backend hang as one does that the kernel keeps; false where the server runs as another user. */
export const hang = (pid: number) => send(pid, 'SIGSTOP');

/** As the kernel does when memory is short: the postmaster then ends all the others too, and begins anew. */
export const crash = (pid: number) => send(pid, 'SIGKILL');

export const goOn = (pid: number) => send(pid, 'SIGCONT');

function send(pid: number, signal: NodeJS.Signals): boolean {
	try {
		return process.kill(pid, signal);
	} catch {
		return false;
	}
}
