import {expect, test} from 'vitest';
import {type Configuration, noConfiguration} from '../../../source/domain/configuration/rules.js';
import {serverRules} from '../../../source/domain/configuration/server-rules.js';
import {thresholds} from '../../../source/domain/server/thresholds.js';

const names = {hosts: ['db1', '10.0.0.7'], clusterName: 'shop'};
const told = <Value>(value: Value, from = 'line 1') => ({value, from});
const readOnly = {isReadOnly: told(true)};

test('where nothing is said everything is as usual', () => {
	const rules = serverRules(noConfiguration, names);
	expect(rules).toMatchObject({confirm: 'auto', isReadOnly: false, thresholds});
	expect(rules).not.toHaveProperty('production');
	expect(rules.serviceRoles.has('rdsadmin')).toBe(true);
});

test.each<[what: string, configuration: Partial<Configuration>, by: string | undefined]>([
	['a section', {sections: [{name: '10.0.0.7', rules: readOnly}]}, '[server."10.0.0.7"]'],
	[
		'the first of several sections',
		{
			sections: [
				{name: 'db1', rules: {isReadOnly: told(false)}},
				{name: 'shop', rules: readOnly},
				{name: 'DB1', rules: readOnly},
			],
		},
		'[server.shop]',
	],
	[
		'a section that may hold',
		{sections: [{name: '7000000000000000001', rules: readOnly}]},
		'[server.7000000000000000001]',
	],
	[
		'a section for production',
		{sections: [{name: 'db1', rules: {isProduction: told(true)}}]},
		'[server.db1]',
	],
	['what stands above all sections', {rules: {isReadOnly: told(true, 'line 4')}}, 'line 4'],
	['--read-only', {typed: {isReadOnly: told(true, '--read-only')}}, undefined],
	['both', {typed: readOnly, sections: [{name: 'db1', rules: readOnly}]}, undefined],
])('it is read-only by %s, and says so', (_, configuration, by) => {
	const unread = {...names, isIdentifierUnread: true} as const;
	const {isReadOnly, readOnlyBy} = serverRules({...noConfiguration, ...configuration}, unread);
	expect([isReadOnly, readOnlyBy]).toEqual([true, by]);
});

test('production may be said to be signalled all the same', () => {
	const rules = {isProduction: told(true), isReadOnly: told(false), confirm: told('auto' as const)};
	const sections = [{name: 'db1', rules}];
	const obeyed = serverRules({...noConfiguration, sections}, names);
	expect(obeyed).toMatchObject({production: 'db1', isReadOnly: false, confirm: 'auto'});
	expect(obeyed).not.toHaveProperty('readOnlyBy');
});
