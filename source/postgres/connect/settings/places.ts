import {isIP} from 'node:net';
import type {Machine} from '../machine.js';
import {type Place, socketDirectories, socketPath} from '../target.js';
import type {Sayings} from './sources.js';
import {wholeNumber} from './values.js';

const usualPort = 5432;

/** A list with commas; an empty one is none. */
const listOf = (text = '') => (text === '' ? [] : text.split(','));

/** A default is for the port: a server on another one has its socket elsewhere. */
function usualHost(port: number, {isWindows, hasSocket}: Machine): string {
	if (isWindows) return 'localhost';
	return socketDirectories.find(directory => hasSocket(socketPath(directory, port))) ?? socketDirectories[0];
}

/** Pairs hosts, addresses and ports as libpq does, or says what is wrong with them. */
export function placesOf(said: Sayings, machine: Machine): readonly [Place, ...Place[]] | string {
	const hosts = listOf(said.host?.text);
	const addresses = listOf(said.hostaddr?.text);
	const count = Math.max(1, addresses.length || hosts.length);
	if (hosts.length > 0 && hosts.length !== count)
		return `${said.host?.origin} names ${hosts.length} for the ${count} of ${said.hostaddr?.origin}`;
	const noAddress = addresses.find(address => address !== '' && isIP(address) === 0);
	if (noAddress !== undefined) return `${said.hostaddr?.origin} takes IP addresses, not "${noAddress}"`;

	const given = listOf(said.port?.text);
	if (given.length > 1 && given.length !== count)
		return `${said.port?.origin} names ${given.length} ports for ${count === 1 ? 'one host' : `${count} hosts`}`;
	const ports = given.map(text => (text === '' ? usualPort : (wholeNumber(text) ?? 0)));
	const wrong = ports.findIndex(port => port < 1 || port > 65_535);
	if (wrong >= 0) {
		// A password with a slash in it reads like a port.
		const isInUri = said.port?.origin === 'port in the URI';
		return `${said.port?.origin} takes a port from 1 to 65535${isInUri ? '' : `, not "${given[wrong]}"`}`;
	}

	const placeAt = (index: number): Place => {
		const port = ports[ports.length > 1 ? index : 0] ?? usualPort;
		const hostaddr = addresses[index] ?? '';
		const host = hosts[index] || (hostaddr === '' ? usualHost(port, machine) : '');
		const {text: password = '', origin = ''} = said.password ?? {};
		return {
			host,
			...(hostaddr !== '' && {hostaddr}),
			port,
			...(password && {password}),
			...(password && origin && {passwordFrom: origin}),
		};
	};

	return [placeAt(0), ...Array.from({length: count - 1}, (_, index) => placeAt(index + 1))];
}
