import {inForce} from '../domain/configuration/in-force.js';
import type {ServerNames} from '../domain/configuration/server-names.js';
import type {Connect} from '../ports/connect.js';
import type {ConnectTarget} from '../postgres/connect/connect-target.js';
import {hostNames} from '../postgres/identity/host-names.js';
import {shownConfiguration} from '../tables/configuration/shown-configuration.js';
import type {Configured} from './configuration/configure.js';

const shown = ({configuration, theme, file}: Configured, names: ServerNames, target?: string) =>
	shownConfiguration({
		inForce: inForce(configuration, names),
		theme,
		...(file !== undefined && {file}),
		...(target !== undefined && {target}),
	});

/** What holds as far as is known without a server: by the hosts and the service that were named. */
export const configWithoutServer = (configured: Configured, {places, service}: ConnectTarget): string =>
	shown(configured, {
		hosts: places.flatMap(place => hostNames(place, {})),
		...(service !== undefined && {service}),
	});

/** What `--show-config` prints. Rejects with a `Failure` where the server does not tell its names. */
export async function configFor(connect: Connect, configured: Configured, target: string): Promise<string> {
	const server = await connect(() => {}, new AbortController().signal);
	try {
		return shown(configured, server.names, target);
	} finally {
		server.close();
	}
}
