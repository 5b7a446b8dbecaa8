import {inForce} from '../domain/configuration/in-force.js';
import type {ServerNames} from '../domain/configuration/server-names.js';
import type {Connect} from '../ports/connect.js';
import {shownConfiguration} from '../tables/configuration/shown-configuration.js';
import type {Configured} from './configuration/configure.js';

const shown = ({configuration, theme, file}: Configured, names: ServerNames, target?: string) =>
	shownConfiguration({
		inForce: inForce(configuration, names),
		theme,
		...(file !== undefined && {file}),
		...(target !== undefined && {target}),
	});

/** What holds wherever no section does: there is no server to ask for its names. */
export const configWithoutServer = (configured: Configured): string => shown(configured, {hosts: []});

/** What `--show-config` prints. Rejects with a `Failure` where the server does not tell its names. */
export async function configFor(connect: Connect, configured: Configured, target: string): Promise<string> {
	const server = await connect(() => {}, new AbortController().signal);
	try {
		return shown(configured, server.names, target);
	} finally {
		server.close();
	}
}
