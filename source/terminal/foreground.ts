import {readFileSync} from 'node:fs';

/**
Whether the terminal is ours. Only a shell's job in the foreground may set the terminal's modes. The system stops any other that tries.

Without a controlling terminal there are no jobs. Where the system does not tell (it has no /proc), the terminal counts as ours.
*/
export function isForeground(): boolean {
	try {
		// After the name, which may hold anything: state, parent, group, session, terminal, group in the foreground.
		const fields = readFileSync('/proc/self/stat', 'latin1').split(') ').at(-1)?.split(' ') ?? [];
		const [group, terminal, inForeground] = [fields[2], fields[4], fields[5]];
		return terminal === '0' || group === inForeground;
	} catch {
		return true;
	}
}
