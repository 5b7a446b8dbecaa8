import type {LoginAgain} from '../../../domain/server/login-again.js';
import type {Connected, Failed} from '../connect.js';
import {type ConnectTarget, withPassword} from '../connect-target.js';
import {withPasswords} from './password-file.js';

/** Remembers, from one connection to the next, which passwords of a target were taken and which were refused. */
export type KnownLogins = {
	/** What to connect with; the last refusal where every known password was refused. */
	choose(again: LoginAgain | undefined): Promise<ConnectTarget | Failed>;
	/** Takes note of what has come of a try. */
	note(tried: ConnectTarget, outcome: Connected | Failed): void;
};

/** All passwords that a login may send, as a key for comparison. */
const saidBy = ({places}: ConnectTarget) => JSON.stringify(places.map(({password = ''}) => password));

const renewed = async (target: ConnectTarget) => (await withPasswords(target)).target;

/** Begins with what let us in first. A password that lets us in is kept. A refused one is sent again only when a person wants that. */
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

			// What no server has refused is also sent to the next one that answers.
			current = tried;
			if (outcome.type === 'failed') return;
			refusal = undefined;
			refused.delete(saidBy(tried));
		},
	};
}
