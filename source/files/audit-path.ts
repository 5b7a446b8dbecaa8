import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the audit file is, unless --audit-log names another: in the XDG state folder. */
export function auditPath(environment: Environment, home: string): string {
	const {XDG_STATE_HOME: state = ''} = environment;
	// The specification says that a relative path is to be ignored.
	const folder = path.isAbsolute(state) ? state : path.join(home, '.local/state');
	return path.join(folder, 'pgtop', 'signals.jsonl');
}
