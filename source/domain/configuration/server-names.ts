/** By what a section of the configuration can name a server. */
export type ServerNames = {
	/** As they were given, and as they were found: the host, its address, the directory of a socket. */
	readonly hosts: readonly string[];
	/** Of the connection service file. */
	readonly service?: string;
	/** `cluster_name`; absent where it is empty. */
	readonly clusterName?: string;
	/** In decimal digits; absent where no section is named by one, and `unread` where this role can't read it. */
	readonly systemIdentifier?: string;
	readonly isIdentifierUnread?: true;
};

/** What a section was found by. */
export type NamedBy = 'host' | 'service' | 'cluster_name' | 'system identifier';

/** A name that can be a system identifier: nothing else has so many digits. */
export const isIdentifier = (name: string): boolean => /^\d{15,20}$/.test(name);

/** By what a section of this name holds for a server, if it does. A name has no letter case where it is a host's. */
export function namedBy(
	{name, folder}: {readonly name: string; readonly folder?: string},
	names: ServerNames,
): NamedBy | undefined {
	const lower = name.toLowerCase();
	if (names.hosts.some(host => host === folder || host.toLowerCase() === lower)) return 'host';
	if (names.service === name) return 'service';
	if (names.clusterName === name) return 'cluster_name';
	return names.systemIdentifier === name ? 'system identifier' : undefined;
}
