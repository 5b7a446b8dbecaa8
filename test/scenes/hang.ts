import process from 'node:process';

/** Makes a backend hang as one does that the kernel keeps; false where the server runs as another user. */
export const hang = (pid: number) => send(pid, 'SIGSTOP');

export const goOn = (pid: number) => send(pid, 'SIGCONT');

function send(pid: number, signal: NodeJS.Signals): boolean {
	try {
		return process.kill(pid, signal);
	} catch {
		return false;
	}
}
