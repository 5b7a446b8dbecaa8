import {statSync} from 'node:fs';
import {homedir, userInfo} from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** What a connection's defaults need to know of this machine. */
export type Machine = {
	readonly hasSocket: (path: string) => boolean;
	/** The OS account; a container's process may run under a number that has none. */
	readonly account?: string;
	readonly passwordFile?: string;
};

function attempt<Value>(look: () => Value): Value | undefined {
	try {
		return look();
	} catch {
		return undefined;
	}
}

export function thisMachine(): Machine {
	const account = attempt(() => userInfo().username);
	const home = attempt(homedir);
	const passwordFile = process.platform === 'win32' ? 'AppData/Roaming/postgresql/pgpass.conf' : '.pgpass';
	return {
		hasSocket: file => attempt(() => statSync(file).isSocket()) ?? false,
		...(account !== undefined && {account}),
		...(home !== undefined && {passwordFile: path.join(home, passwordFile)}),
	};
}
