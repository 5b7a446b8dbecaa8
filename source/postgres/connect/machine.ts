import {accessSync, constants, readFileSync, statSync} from 'node:fs';
import {userInfo} from 'node:os';
import process from 'node:process';
import {fromBytes, pathOf} from '../../domain/text/raw-text.js';
import {isMissing, whyUnread} from './why-unread.js';

/** What a connection's defaults need to know of this machine. */
export type Machine = {
	readonly isWindows: boolean;
	readonly hasSocket: (path: string) => boolean;
	/** What a file holds, in any encoding. Undefined where there is no file, `why` where it can't be read. */
	readonly readText: (path: string) => string | {readonly why: string} | undefined;
	/** Whether there is a file that this process may run. */
	readonly isProgram: (path: string) => boolean;
	readonly isRoot: boolean;
	/** The OS account. A container's process may run under a number without an account. */
	readonly account?: string;
	/** The account's home; HOME wins over it. */
	readonly home?: string;
};

function attempt<Value>(look: () => Value): Value | undefined {
	try {
		return look();
	} catch {
		return undefined;
	}
}

function readText(file: string): string | {readonly why: string} | undefined {
	try {
		return fromBytes(readFileSync(pathOf(file)));
	} catch (error) {
		return isMissing(error) ? undefined : {why: whyUnread(error)};
	}
}

export function thisMachine(): Machine {
	const user = attempt(() => userInfo({encoding: 'buffer'}));
	return {
		isWindows: process.platform === 'win32',
		hasSocket: file => attempt(() => statSync(pathOf(file)).isSocket()) ?? false,
		readText,
		isProgram: file => attempt(() => accessSync(file, constants.X_OK) === undefined) ?? false,
		isRoot: process.getuid?.() === 0,
		...(user && {account: fromBytes(user.username), home: fromBytes(user.homedir)}),
	};
}
