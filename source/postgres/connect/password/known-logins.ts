import type {LoginAgain} from '../../../domain/server/login-again.js';
import type {Connected, Failed} from '../connect.js';
import {type ConnectTarget, withPassword} from '../connect-target.js';
import {withPasswords} from './password-file.js';

/** What is known of the passwords of a target, from one connection to the next. */
export type KnownLogins = {
	/** What to connect with, or the refusal that stands: everything that is known was refused. */
	choose(again: LoginAgain | undefined): Promise<ConnectTarget | Failed>;
	/** What has come of it. */
	note(tried: ConnectTarget, outcome: Connected | Failed): void;
};

/** Which passwords a login says, whichever of them the server takes. */
const saidBy = ({places}: ConnectTarget) => JSON.stringify(places.map(({password = ''}) => password));

const renewed = async (target: ConnectTarget) => (await withPasswords(target)).target;

/** Begins with what let us in first. A password that lets us in is kept; one that was refused is said again only when a person wants that. */
export function knowLogins(first: ConnectTarget): KnownLogins {
	let current = first;
	let refusal: Failed | undefined;
	const refused = new Set<string>();
	const isRefused = (target: ConnectTarget) =>
		target.passwordCommand === undefined && refused.has(saidBy(target));

	return {
		async choose(again) {
			switch (again?.type) {
				case 'typed':
					return withPassword(first, again.password.reveal());
				case 'as told':
					return renewed(first);
				case 'unrefused':
					for (const target of [current, first]) {
						const found = await renewed(target);
						if (!refusal || !isRefused(found)) return found;
					}

					return refusal ?? renewed(current);
				case undefined:
					return renewed(current);
			}
		},
		note(tried, outcome) {
			if (outcome.type === 'failed' && outcome.fault.wantsPassword) {
				refusal = outcome;
				refused.add(saidBy(tried));
				return;
			}

			// What no server has refused is said to the next one that answers, too.
			current = tried;
			if (outcome.type === 'failed') return;
			refusal = undefined;
			refused.delete(saidBy(tried));
		},
	};
}
