import {readFileSync} from 'node:fs';

/**
Whether the terminal is ours: of the jobs of a shell only the one in the foreground may set its modes, any other is stopped by the system when it tries.

Without a terminal that leads the session there are no jobs. Where the system tells nobody (it has no /proc) it counts as ours.
*/
export function isForeground(): boolean {
	try {
		// Behind the name, which may hold anything: state, parent, group, session, terminal, group in the foreground.
		const fields = readFileSync('/proc/self/stat', 'latin1').split(') ').at(-1)?.split(' ') ?? [];
		const [group, terminal, inForeground] = [fields[2], fields[4], fields[5]];
		return terminal === '0' || group === inForeground;
	} catch {
		return true;
	}
}
