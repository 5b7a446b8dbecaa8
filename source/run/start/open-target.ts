import type {Ask} from '../../ports/ask.js';
import {type Bad, type Resolved, resolveTarget} from '../../postgres/connect/connect-settings.js';
import type {Place} from '../../postgres/connect/connect-target.js';
import {type LoggedIn, logIn} from '../../postgres/connect/log-in.js';
import {thisMachine} from '../../postgres/connect/machine.js';
import {type Flags, optionFlag, options} from '../../tables/options.js';
import {keptFlags} from './kept-flags.js';

type Named = Pick<
	Flags,
	'host' | 'port' | 'username' | 'dbname' | 'withPassword' | 'withoutPassword' | 'passwordCommand'
> &
	Partial<Flags>;

/** Connects to what arguments and environment name, and asks for a password when psql would. */
export async function openTarget(
	flags: Named,
	environment: Readonly<NodeJS.ProcessEnv>,
	ask: Ask,
): Promise<Bad | LoggedIn> {
	const {host, port, username: user, dbname, withPassword, withoutPassword, passwordCommand} = flags;
	const resolve = (password?: string) =>
		keeping(flags, resolveTarget({host, port, user, dbname, password}, environment, thisMachine()));
	// As an argument, the password command comes before all but a connection string, and must not contradict that.
	const first = passwordCommand === undefined ? resolve() : withCommand(resolve('given'), passwordCommand);
	if (first.type === 'bad') return first;

	// As in psql, a typed password counts as an argument: one in a connection string wins over it.
	const typed = withPassword ? await ask('Password: ') : undefined;
	if (typed?.type === 'bad') return typed;
	if (typed?.type === 'cancelled') return {...typed, target: first.target};
	const resolved = typed?.type === 'password' ? resolve(typed.password) : first;
	if (resolved.type === 'bad') return resolved;
	const mayAsk = !withPassword && !withoutPassword;
	// The passphrase of a certificate's key is another matter: psql asks for that all the same.
	return logIn(resolved.target, mayAsk ? ask : async () => ({type: 'no terminal'}), ask);
}

function keeping(flags: Named, resolved: Resolved): Resolved {
	if (resolved.type === 'bad') return resolved;
	const {retry, ...target} = resolved.target;
	return {type: 'target', target: {...target, retry: {...retry, kept: keptFlags(flags, options)}}};
}

/** Puts the command in the place of a password. `resolved` came from arguments with a password among them. */
function withCommand(resolved: Resolved, passwordCommand: string): Resolved {
	if (resolved.type === 'bad') return resolved;
	const {passwordFile: _, ...target} = resolved.target;
	const from = target.places[0].passwordFrom;
	const option = optionFlag('passwordCommand');
	if (from !== undefined)
		return {type: 'bad', sentence: `${from} and ${option} are two ways to a password: name one`};
	const byCommand = ({password: _, ...place}: Place): Place => ({...place, passwordFrom: option});
	const [place, ...others] = target.places;
	const places = [byCommand(place), ...others.map(byCommand)] as const;
	return {type: 'target', target: {...target, places, passwordCommand}};
}
