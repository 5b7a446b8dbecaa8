import {isIP} from 'node:net';
import {lookUp} from '../../../domain/text/look-up.js';
import {isRaw} from '../../../domain/text/raw-text.js';
import {notThisNumber} from '../../../domain/text/secrets/not-this.js';
import {type Place, socketDirectories, socketPath, usualPort} from '../connect-target.js';
import type {Machine} from '../machine.js';
import type {GivenValue, GivenValues} from './given-values.js';
import {flagOf, parameterOf} from './keywords.js';
import {notGiven} from './secrets.js';
import {wholeNumber} from './values.js';

/** The parts of a list with commas; an empty text has none. */
const listOf = (text = '') => (text === '' ? [] : text.split(','));

/** The default host depends on the port: only the server on that port has its socket there. */
function usualHost(port: number, {isWindows, hasSocket}: Machine): string {
	if (isWindows) return 'localhost';
	return socketDirectories.find(directory => hasSocket(socketPath(directory, port))) ?? socketDirectories[0];
}

/** Names that can be looked up. */
const isName = (host: string) => /^[\p{L}\p{M}\p{N}._-]*$/u.test(host);

const isAddress = (host: string) => isIP(host.replace(/%[\p{L}\p{N}._-]+$/u, '')) !== 0;

/** Directories and abstract names of sockets. */
const isSocketName = (host: string) => /^[/@]/.test(host);

// The address comes last: the first question whether something is one takes Node.js 3 ms.
const isHost = (host: string) => isName(host) || isSocketName(host) || isAddress(host);

/** A URI that has lost its scheme, or all before its password. Where the password has a comma or a slash, its parts may look like hosts. */
const isRestOfUri = (text: string) => /(?:^|,)\/\/.*:|:.*[^,]@/s.test(text);

/** Where the port is given, by where the host is given. */
const portOrigins: Readonly<Record<string, string>> = {
	[flagOf.host]: flagOf.port,
	[parameterOf('host').variable ?? '']: parameterOf('port').variable ?? '',
	[parameterOf('hostaddr').variable ?? '']: parameterOf('port').variable ?? '',
};

/** Says what is too much in a host written as in a URI: its port, or the brackets around an IPv6 address. */
function partTooMany(origin: string, wrong: string): string | undefined {
	const [found, bracketed, port] = /^(\[[\da-f:.]+(?:%[^\]]*)?\]|[^:@/]*)(:\d*)?$/iu.exec(wrong) ?? [];
	const isBracketed = bracketed?.startsWith('[') ?? false;
	if (found === undefined || !(isBracketed || port)) return undefined;
	const address = 'an IPv6 address without brackets';
	if (!port) return `${origin} takes ${address}`;
	const alone = isBracketed ? `a host alone, ${address}` : 'a host alone';
	return `${origin} takes ${alone}: its port is said with ${lookUp(portOrigins, origin) ?? 'port'}`;
}

/** A password may have got there by a wrong sign before it: such a text must neither be looked up nor be named. */
function hostMistake(given: GivenValue | undefined): string | undefined {
	const hosts = listOf(given?.text);
	if (given && hosts.some(isRaw))
		return `${given.origin} is not UTF-8, and Node.js takes no other name of a host or a socket`;
	const wrong = isRestOfUri(given?.text ?? '') ? given?.text : hosts.find(host => !isHost(host));
	if (!given || wrong === undefined) return undefined;
	return (
		partTooMany(given.origin, wrong) ??
		`${given.origin} takes a name, an address or the directory of a socket${notGiven(given, wrong)}`
	);
}

/** Pairs hosts, addresses and ports as libpq does, or says what is wrong with them. */
export function placesOf(given: GivenValues, machine: Machine): readonly [Place, ...Place[]] | string {
	const hosts = listOf(given.host?.text);
	const addresses = listOf(given.hostaddr?.text);
	const count = Math.max(1, addresses.length || hosts.length);
	if (hosts.length > 0 && hosts.length !== count)
		return `${given.host?.origin} names ${hosts.length} for the ${count} of ${given.hostaddr?.origin}`;
	const noHost = hostMistake(given.host);
	if (noHost !== undefined) return noHost;
	const noAddress = addresses.find(address => address !== '' && isIP(address) === 0);
	if (given.hostaddr && noAddress !== undefined)
		return (
			partTooMany(given.hostaddr.origin, noAddress) ??
			`${given.hostaddr.origin} takes IP addresses${notGiven(given.hostaddr, noAddress)}`
		);

	const portTexts = listOf(given.port?.text);
	if (portTexts.length > 1 && portTexts.length !== count)
		return `${given.port?.origin} names ${portTexts.length} ports for ${count === 1 ? 'one host' : `${count} hosts`}`;
	const ports = portTexts.map(text => (text === '' ? usualPort : (wholeNumber(text) ?? 0)));
	const wrong = portTexts[ports.findIndex(port => port < 1 || port > 65_535)];
	if (given.port && wrong !== undefined)
		return `${given.port.origin} takes a port from 1 to 65535${notGiven(given.port, wrong, notThisNumber)}`;

	const placeAt = (index: number): Place => {
		const at = ports.length > 1 ? index : 0;
		const port = ports[at] ?? usualPort;
		const portText = portTexts[at] || String(port);
		const hostaddr = addresses[index] ?? '';
		const host = hosts[index] || (hostaddr === '' ? usualHost(port, machine) : '');
		const {text: password = '', origin = ''} = given.password ?? {};
		return {
			host,
			...(hostaddr !== '' && {hostaddr}),
			port,
			...(portText !== String(port) && {portText}),
			...(password && {password}),
			...(password && origin && {passwordFrom: origin}),
		};
	};

	return [placeAt(0), ...Array.from({length: count - 1}, (_, index) => placeAt(index + 1))];
}
