import {longestSentence, shorten} from '../../domain/text/shorten.js';
import type {Ask} from '../../ports/ask.js';
import {type Bad, type Resolved, resolveTarget} from '../../postgres/connect/connect-settings.js';
import {addressOf, type ConnectTarget, isSocket, type Place} from '../../postgres/connect/connect-target.js';
import {type LoggedIn, logIn} from '../../postgres/connect/log-in.js';
import {thisMachine} from '../../postgres/connect/machine.js';
import {type Flags, optionFlag, options} from '../../tables/options.js';
import {keptFlags} from './kept-flags.js';

type Named = Pick<
	Flags,
	'host' | 'port' | 'username' | 'dbname' | 'withPassword' | 'withoutPassword' | 'passwordCommand'
> &
	Partial<Flags>;

/** After so long, in milliseconds, a person is told what is waited for. */
const patience = 1000;

/** Connects to what arguments and environment name, and asks for a password when psql would. Where that takes long over a network, `tell` is given a sentence about it. */
export async function openTarget(
	flags: Named,
	environment: Readonly<NodeJS.ProcessEnv>,
	ask: Ask,
	tell?: (sentence: string) => void,
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
	const {target} = resolved;
	// What a socket of this machine waits for is no network.
	const isFar = target.places.some(place => !isSocket(place));
	const wait = () => (tell && isFar ? setTimeout(() => tell(connectingTo(target)), patience) : undefined);
	let timer = wait();
	/** While a person is asked, it is the person who is waited for. */
	const asking: Ask = async question => {
		clearTimeout(timer);
		const answer = await ask(question);
		timer = wait();
		return answer;
	};
	try {
		return await logIn(target, mayAsk ? asking : async () => ({type: 'no terminal'}), asking);
	} finally {
		clearTimeout(timer);
	}
}

const connectingTo = ({places}: ConnectTarget) =>
	shorten(`connecting to ${places.map(addressOf).join(', ')}`, longestSentence);

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
