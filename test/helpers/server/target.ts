import {resolveTarget} from '../../../source/postgres/connect/connect-settings.js';
import {
	type Attempt,
	attemptsOf,
	type ConnectTarget,
} from '../../../source/postgres/connect/connect-target.js';
import type {Machine} from '../../../source/postgres/connect/machine.js';

/** A machine that has nothing on it, so that only what a test says counts. */
export const bareMachine: Machine = {
	isWindows: false,
	hasSocket: () => false,
	readText: () => undefined,
	isProgram: () => true,
	isRoot: false,
	account: 'dba',
	home: '/home/dba',
};

/** What to connect to, with everything as usual but what is given. */
export function targetAt(given: Partial<Attempt> = {}): ConnectTarget {
	const resolved = resolveTarget({}, {}, bareMachine);
	if (resolved.type === 'bad') throw new Error(resolved.sentence);
	const {target} = resolved;
	const [usual] = target.places;
	const {host = usual.host, hostaddr, port = usual.port, password, passwordFrom, ...login} = given;
	const place = {
		host,
		port,
		...(hostaddr !== undefined && {hostaddr}),
		...(password !== undefined && {password}),
		...(passwordFrom !== undefined && {passwordFrom}),
	};
	return {...target, ...login, places: [place]};
}

/** The only host of such a target. */
export const attemptAt = (given: Partial<Attempt> = {}): Attempt => attemptsOf(targetAt(given))[0] as Attempt;
