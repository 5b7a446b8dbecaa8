import type {Rules} from '../../../source/domain/configuration/rules.js';
import {noConfiguration} from '../../../source/domain/configuration/rules.js';
import type {ServerNames} from '../../../source/domain/configuration/server-names.js';
import {thresholds} from '../../../source/domain/server/thresholds.js';
import type {Settings} from '../../../source/state/state.js';

/** A run that nobody has told anything. */
export const usualSettings: Settings = {
	target: 'dba@db1:5432/shop',
	configuration: noConfiguration,
	version: '1.0.0',
	isReadOnly: false,
	isDryRun: false,
	confirm: 'auto',
	interval: 2000,
	thresholds,
	serviceRoles: new Set(),
	isAscii: false,
};

/** What a server is called that nobody has named otherwise. */
export const usualNames: ServerNames = {hosts: ['db1']};

const told = <Value>(value: Value, from: string) => ({value, from});

/** The same settings, whatever the server is called: a configuration says them, below what it says itself. */
export function configured(settings: Settings): Settings {
	const {configuration, confirm, isReadOnly, serviceRoles, thresholds: limits} = settings;
	const rules: Rules = {
		confirm: told(confirm, 'line 1'),
		serviceRoles: told([...serviceRoles], 'line 2'),
		thresholds: Object.fromEntries(
			Object.entries(limits).map(([name, value]) => [name, told(value, 'line 3')]),
		),
		...configuration.rules,
	};
	const typed = {...(isReadOnly && {isReadOnly: told(true, '--read-only')}), ...configuration.typed};
	return {...settings, configuration: {...configuration, rules, typed}};
}
