import {isIPv4, isIPv6} from 'node:net';
import process from 'node:process';
import {addressOf, isSocket, type Place, socketPath} from '../connect-target.js';
import {lookUpHost} from '../look-up-host.js';

/** Where to open a socket, with nothing left to look up. */
export type Address = {readonly path: string} | {readonly host: string; readonly port: number};

/** The longest path of a socket that the system takes, in bytes: Linux', and that of macOS and the BSDs. */
const longestPath = process.platform === 'linux' ? 107 : 103;

/** The first Node.js that reaches the abstract namespace: an earlier one pads a name with zeros, and means another socket. */
const firstWithAbstractNames = 22;

function socketAddress(place: Place): Address {
	const path = socketPath(place.host, place.port);
	const unreachable = (sentence: string) => Object.assign(new Error(sentence), {kind: 'unreachable'});
	if (Buffer.byteLength(path) > longestPath)
		throw unreachable(`a socket's path may have ${longestPath} bytes, and is longer: ${addressOf(place)}`);
	const {node} = process.versions;
	if (path.startsWith('@') && Number.parseInt(node, 10) < firstWithAbstractNames)
		throw unreachable(
			`Node.js ${node} can't reach ${addressOf(place)} in the abstract namespace: ${firstWithAbstractNames} and later can`,
		);
	return {path: path.replace(/^@/, '\0')};
}

/** Every address of a host, in the order that the system wants them tried. Rejects as the look-up does, and when `over` ends it. */
export async function addressesOf(place: Place, over?: AbortSignal): Promise<readonly Address[]> {
	const {host, hostaddr, port} = place;
	if (isSocket(place)) return [socketAddress(place)];
	if (hostaddr !== undefined) return [{host: hostaddr, port}];
	// A name has no colon, and the first question whether it is an address of IPv6 takes Node.js 3 ms.
	if (isIPv4(host) || (host.includes(':') && isIPv6(host))) return [{host, port}];
	const found = await lookUpHost(host, over);
	return found.map(({address}) => ({host: address, port}));
}
