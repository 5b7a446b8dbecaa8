import type {Thresholds} from '../server/thresholds.js';
import {type InForce, inForce, plainThresholds} from './in-force.js';
import {nameToml} from './quote-toml.js';
import type {Configuration, Confirm} from './rules.js';
import type {ServerNames} from './server-names.js';

/** What a run obeys as long as it talks to one server. */
export type ServerRules = {
	/** When a question is asked first. `never` leaves out only the question about a process that is no client session. */
	readonly confirm: Confirm;
	readonly isReadOnly: boolean;
	/** What in the configuration makes it read-only; absent with --read-only. */
	readonly readOnlyBy?: string;
	/** The name of the section that calls this server production. */
	readonly production?: string;
	/** From where on something stands out. */
	readonly thresholds: Thresholds;
	/** Roles of a hosting service: their sessions are shown with the background processes. */
	readonly serviceRoles: ReadonlySet<string>;
};

/** The rules for a server with these names. */
export const serverRules = (configuration: Configuration, names: ServerNames): ServerRules =>
	obeyed(configuration, inForce(configuration, names));

function obeyed({typed}: Configuration, told: InForce): ServerRules {
	const {confirm, isReadOnly, readOnlyIn, production, thresholds, serviceRoles} = told;
	const readOnlyBy = readOnlyIn === undefined ? isReadOnly.from : `[server.${nameToml(readOnlyIn)}]`;
	return {
		confirm: confirm.value,
		isReadOnly: isReadOnly.value,
		...(isReadOnly.value && !typed.isReadOnly?.value && {readOnlyBy}),
		...(production && {production: production.value}),
		thresholds: plainThresholds(thresholds),
		serviceRoles: new Set(serviceRoles.value),
	};
}
