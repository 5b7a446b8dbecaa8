import {parse} from 'yaml';

const types = ['major', 'minor', 'patch'];

/** What there can be of what is used, with the words that it can have, where they are few. A group has any name. */
const known: Readonly<Record<string, readonly string[] | undefined>> = {
	version: undefined,
	'updates.package-ecosystem': ['npm', 'github-actions'],
	'updates.directory': undefined,
	'updates.directories': undefined,
	'updates.schedule.interval': ['daily', 'weekly', 'monthly'],
	'updates.cooldown.default-days': undefined,
	'updates.groups.*.patterns': undefined,
	'updates.groups.*.update-types': types,
	'updates.ignore.dependency-name': undefined,
	'updates.ignore.update-types': types.map(type => `version-update:semver-${type}`),
};

/** Why Dependabot would not take its file, or would pass over something in it. */
export function dependabotFaults(content: string): readonly string[] {
	const file: object = parse(content);
	const isTwo = 'version' in file && file.version === 2;
	return [...(isTwo ? [] : ['no version 2']), ...faultsAt('', file)];
}

function faultsAt(path: string, value: unknown): readonly string[] {
	if (Array.isArray(value)) return value.flatMap(one => faultsAt(path, one));
	if (typeof value === 'object' && value !== null) {
		return Object.entries(value).flatMap(([key, one]) =>
			faultsAt(path === 'updates.groups' ? `${path}.*` : path === '' ? key : `${path}.${key}`, one),
		);
	}

	if (!(path in known)) return [`unknown: ${path}`];
	const words = known[path];
	return words === undefined || words.includes(String(value)) ? [] : [`no such type: ${value}`];
}
