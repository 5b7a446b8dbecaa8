import {type Fault, needPassword, passwordCommandFault} from '../../failures/errors.js';
import type {Attempt} from '../connect-target.js';

export type Giver = {
	/** The password for a server that asks. Rejects where there is none to give. */
	give(): Promise<string>;
	/** Why there was no password, or not in time. */
	fault(): Fault | undefined;
	/** Whether what the server says now answers a password. */
	hasGiven(): boolean;
	/** Ends the command, if it still runs: nothing will be given any more. */
	end(): void;
};

/** Has the password of one login, or the command for it, which runs only when the server asks. `signal` says when the login is late. */
export function givePassword(attempt: Attempt, signal: AbortSignal): Giver {
	const {password, passwordOf} = attempt;
	const over = new AbortController();
	let fault: Fault | undefined;
	let isRunning = false;
	let hasGiven = false;
	const run = async (ask: NonNullable<typeof passwordOf>) => {
		isRunning = true;
		const given = await ask(AbortSignal.any([signal, over.signal]));
		isRunning = false;
		if (given.type === 'password') return given.password;
		fault ??= passwordCommandFault(given.why);
		return undefined;
	};

	return {
		async give() {
			const found = passwordOf ? await run(passwordOf) : password;
			if (!found) {
				fault ??= needPassword(attempt);
				throw new Error('no password');
			}

			hasGiven = true;
			return found;
		},
		fault: () => fault,
		hasGiven: () => hasGiven,
		end() {
			if (isRunning && signal.aborted)
				fault ??= passwordCommandFault(`did not end within ${attempt.connectTimeoutMs / 1000}s`);
			over.abort();
		},
	};
}
