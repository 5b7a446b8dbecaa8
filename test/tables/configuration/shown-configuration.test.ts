import fc from 'fast-check';
import {parse} from 'smol-toml';
import {expect, test} from 'vitest';
import {inForce, plainThresholds} from '../../../source/domain/configuration/in-force.js';
import {type Configuration, noConfiguration} from '../../../source/domain/configuration/rules.js';
import type {ServerNames} from '../../../source/domain/configuration/server-names.js';
import {clean} from '../../../source/domain/text/clean.js';
import {parseConfiguration} from '../../../source/run/configuration/parse-configuration.js';
import {shownConfiguration} from '../../../source/tables/configuration/shown-configuration.js';
import {usually} from '../../../source/tables/configuration.js';

const file = '~/.config/pgtop/config.toml';

function configurationOf(text: string): Configuration {
	const parsed = parseConfiguration(text, file);
	if (parsed.type === 'wrong') throw new Error(parsed.sentence);
	return {...noConfiguration, rules: parsed.said.rules, sections: parsed.said.sections};
}

const shownFor = (configuration: Configuration, names: ServerNames, target?: string) =>
	shownConfiguration({
		inForce: inForce(configuration, names),
		theme: usually.theme,
		file,
		...(target !== undefined && {target}),
	});

test('each value says where it comes from, in the order of the table', () => {
	const configuration = configurationOf(`sort = "-pid"
[server.shop-prod]
production = true
interval = 5
[server.shop-prod.thresholds]
idle-in-transaction = "1m"
[server.7300000000000000000]
confirm = "never"
`);
	const names = {hosts: ['db1'], clusterName: 'shop-prod', isIdentifierUnread: true} as const;
	expect(shownFor(configuration, names, 'dba@db1:5432/shop')).toMatchInlineSnapshot(`
		"# in force for dba@db1:5432/shop
		# ~/.config/pgtop/config.toml
		# [server.shop-prod] holds, by cluster_name
		# [server.7300000000000000000] may hold: this role can't read the system identifier; of it confirm and read-only count
		# production: [server.shop-prod], line 3
		# columns: all that have room
		sort = "-pid"                       # line 1
		interval = 5                        # [server.shop-prod], line 4
		theme = "any"                       # default
		confirm = "always"                  # [server.shop-prod], line 3: production
		read-only = true                    # [server.shop-prod], line 3: production
		service-roles = ["rdsadmin", "rdsproxyadmin", "rdsrepladmin", "cloudsqladmin", "cloudsqlagent", "alloydbadmin", "azuresu", "azure_superuser"]  # default

		[thresholds]
		lock-wait = "1s"                    # default
		least-slots = 5                     # default
		least-slots-share = 0.05            # default
		wraparound-share = 0.4              # default
		wraparound-over-freeze = 1.1        # default
		wraparound-red-share = 0.75         # default
		horizon-xids = 10000000             # default
		horizon-time = "1h"                 # default
		idle-in-transaction = "1m"          # [server.shop-prod], line 6
		idle-in-transaction-red = "30m"     # default
		sync-wait = "10s"                   # default
		slot-bytes = "10GB"                 # default
		slot-share-of-limit = 0.5           # default
		standby-lag = "30s"                 # default
		"
	`);
});

test('without a connection it says so, and that names are missing which the server tells', () => {
	const text = shownFor(configurationOf('[server.db1]\ninterval = 5'), {hosts: []});
	expect(text).toMatch(
		/^# in force as far as is known without a connection: cluster_name and system identifier are not\n# ~/,
	);
	expect(text).toContain('\ninterval = 2                        # default\n');
});

test('without a file there are the defaults', () => {
	const text = shownConfiguration({
		inForce: inForce(noConfiguration, {hosts: []}),
		theme: usually.theme,
		target: 'dba@db1:5432/shop',
	});
	expect(text).toMatch(/^# in force for dba@db1:5432\/shop\n# no configuration file was read\n/);
	expect(parse(text)).toMatchObject({
		sort: 'time',
		interval: 2,
		theme: 'any',
		confirm: 'auto',
		'read-only': false,
		thresholds: {'idle-in-transaction': '5m', 'slot-bytes': '10GB', 'wraparound-share': 0.4},
	});
});

test('it can be taken for a configuration file, which says the same', () => {
	const configuration = configurationOf(
		'columns = ["pid", "query id"]\nsort = "-pid"\ninterval = 0.7\nconfirm = "never"\nread-only = true\n' +
			'service-roles = ["a\\"b\\u001b"]\n[thresholds]\nslot-bytes = "1.5GB"\nsync-wait = "1500ms"\n' +
			'horizon-xids = 2_000\nleast-slots-share = 0.123',
	);
	const force = inForce(configuration, {hosts: []});
	const again = inForce(configurationOf(shownFor(configuration, {hosts: []})), {hosts: []});
	for (const key of ['columns', 'sort', 'interval', 'confirm', 'isReadOnly', 'serviceRoles'] as const)
		expect(again[key]?.value).toEqual(force[key]?.value);
	expect(plainThresholds(again.thresholds)).toEqual(plainThresholds(force.thresholds));
});

test('hostile names are shown as text: the result is TOML, and moves no cursor', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary', minLength: 1}), name => {
			const sections = [{name, rules: {isProduction: {value: true, from: 'line 1'}}}];
			const serviceRoles = {value: [name], from: 'line 2'};
			const text = shownFor(
				{rules: {serviceRoles}, sections, typed: {}},
				{hosts: [name], clusterName: name},
				name,
			);
			expect(parse(text)).toMatchObject({'service-roles': [name]});
			for (const line of text.split('\n')) for (const sign of line) expect(clean(sign)).toBe(sign);
		}),
	);
});
