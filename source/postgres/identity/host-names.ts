import type {Attempt} from '../connect/connect-target.js';

/** Beside its IPv6 sockets a system writes an IPv4 address in this way. */
const mapped = /^::ffff:(?=\d+\.)/i;

/** What a host is called: as it was given, and the address that answers. Of a socket that is its directory. */
export function hostNames(
	{host, hostaddr}: Pick<Attempt, 'host' | 'hostaddr'>,
	{remoteAddress}: {readonly remoteAddress?: string | undefined},
): readonly string[] {
	const names = new Set([host, hostaddr ?? '', remoteAddress?.replace(mapped, '') ?? '']);
	return [...names].filter(name => name !== '');
}
