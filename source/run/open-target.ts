import type {Flags} from '../options.js';
import {type Bad, resolveTarget} from '../postgres/connect/connect-settings.js';
import {type LoggedIn, logIn} from '../postgres/connect/log-in.js';
import {thisMachine} from '../postgres/connect/machine.js';
import type {Answer} from '../postgres/connect/prompt.js';

type Named = Pick<Flags, 'host' | 'port' | 'username' | 'dbname' | 'withPassword' | 'withoutPassword'>;

/** Connects to what arguments and environment name, and asks for a password when psql would. */
export async function openTarget(
	{host, port, username: user, dbname, withPassword, withoutPassword}: Named,
	environment: Readonly<Record<string, string | undefined>>,
	ask: (question: string) => Promise<Answer>,
): Promise<Bad | LoggedIn> {
	const resolve = (password?: string) =>
		resolveTarget({host, port, user, dbname, password}, environment, thisMachine());
	const first = resolve();
	if (first.type === 'bad') return first;

	// As in psql what is typed counts as an argument: a password in a connection string wins over it.
	const typed = withPassword ? await ask('Password: ') : undefined;
	if (typed?.type === 'bad') return typed;
	if (typed?.type === 'cancelled') return {...typed, target: first.target};
	const resolved = typed?.type === 'password' ? resolve(typed.password) : first;
	if (resolved.type === 'bad') return resolved;
	const mayAsk = !withPassword && !withoutPassword;
	// What opens the key of a certificate is another matter: psql asks for it all the same.
	return logIn(resolved.target, mayAsk ? ask : async () => ({type: 'no terminal'}), ask);
}
