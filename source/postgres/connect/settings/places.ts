import {isIP} from 'node:net';
import {lookUp} from '../../../domain/text/look-up.js';
import {isRaw} from '../../../domain/text/raw-text.js';
import {notThisNumber} from '../../../domain/text/secrets/not-this.js';
import {type Place, socketDirectories, socketPath} from '../connect-target.js';
import type {Machine} from '../machine.js';
import {parameterOf} from './keywords.js';
import {notGiven} from './secrets.js';
import type {GivenValue, GivenValues} from './sources.js';
import {wholeNumber} from './values.js';

const usualPort = 5432;

/** A list with commas; an empty one is none. */
const listOf = (text = '') => (text === '' ? [] : text.split(','));

/** A default is for the port: a server on another one has its socket elsewhere. */
function usualHost(port: number, {isWindows, hasSocket}: Machine): string {
	if (isWindows) return 'localhost';
	return socketDirectories.find(directory => hasSocket(socketPath(directory, port))) ?? socketDirectories[0];
}

/** Names that can be looked up. */
const isName = (host: string) => /^[\p{L}\p{M}\p{N}._-]*$/u.test(host);

const isAddress = (host: string) => isIP(host.replace(/%[\p{L}\p{N}._-]+$/u, '')) !== 0;

/** Directories and abstract names of sockets. */
const isSocketName = (host: string) => /^[/@]/.test(host);

const isHost = (host: string) => isName(host) || isAddress(host) || isSocketName(host);

/** A URI that has lost its scheme, or all before its password: where that has a comma or a slash, its parts may look like hosts. */
const isRestOfUri = (text: string) => /(?:^|,)\/\/.*:|:.*[^,]@/s.test(text);

/** Where the port is said that belongs to this host. */
const portOrigins: Readonly<Record<string, string>> = {
	'-h': '-p',
	[parameterOf('host').variable ?? '']: parameterOf('port').variable ?? '',
	[parameterOf('hostaddr').variable ?? '']: parameterOf('port').variable ?? '',
};

/** A host as it stands in a URI: with its port, or an IPv6 address in brackets. */
function partTooMany(origin: string, wrong: string): string | undefined {
	const [found, bracketed, port] = /^(\[[\da-f:.]+(?:%[^\]]*)?\]|[^:@/]*)(:\d*)?$/iu.exec(wrong) ?? [];
	const isBracketed = bracketed?.startsWith('[') ?? false;
	if (found === undefined || !(isBracketed || port)) return undefined;
	const address = 'an IPv6 address without brackets';
	if (!port) return `${origin} takes ${address}`;
	const alone = isBracketed ? `a host alone, ${address}` : 'a host alone';
	return `${origin} takes ${alone}: its port is said with ${lookUp(portOrigins, origin) ?? 'port'}`;
}

/** A password that has got there with a wrong sign before it must not be looked up, and not be named. */
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
