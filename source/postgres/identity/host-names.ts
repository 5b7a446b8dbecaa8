import {realpathSync} from 'node:fs';
import path from 'node:path';
import type {Attempt} from '../connect/connect-target.js';

/** Beside its IPv6 sockets a system writes an IPv4 address in this way. */
const mapped = /^::ffff:(?=\d+\.)/i;

/** What else the same host can be written as: a folder without its links, a name without the dot of the root. */
function otherwise(host: string): string {
	if (!host.startsWith('/')) return host.replace(/(?<=.)\.$/, '');
	try {
		return realpathSync(host);
	} catch {
		return path.resolve(host);
	}
}

/** What a host is called: as it was given, and the address that answers. Of a socket that is its directory. */
export function hostNames(
	{host, hostaddr}: Pick<Attempt, 'host' | 'hostaddr'>,
	{remoteAddress}: {readonly remoteAddress?: string | undefined},
): readonly string[] {
	const names = new Set([host, otherwise(host), hostaddr ?? '', remoteAddress?.replace(mapped, '') ?? '']);
	return [...names].filter(name => name !== '');
}
