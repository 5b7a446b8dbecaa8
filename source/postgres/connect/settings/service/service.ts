import {clean} from '../../../../domain/text/clean.js';
import {mayBeRepeated} from '../../../../domain/text/secrets/not-this.js';
import {shorten, shortenMiddle} from '../../../../domain/text/shorten.js';
import type {Machine} from '../../machine.js';
import {isUri, misplacedUri} from '../connection-string/uri.js';
import type {BadValue, GivenValue, GivenValues} from '../given-values.js';
import {homeFiles} from '../home-files.js';
import {findService} from './service-file.js';

/** The last places where a system's libpq looks for a service file: Debian's, Red Hat's, and PostgreSQL's own. */
const systemDirectories = ['/etc/postgresql-common', '/etc/sysconfig/pgsql', '/usr/local/pgsql/etc'];

/** What a service says, from the first service file that has it; or a sentence on why there is none. */
export function fromService(
	name: GivenValue,
	environment: Readonly<NodeJS.ProcessEnv>,
	machine: Machine,
): {readonly type: 'given'; readonly given: GivenValues} | BadValue {
	const own = environment.PGSERVICEFILE ?? homeFiles(environment, machine).services;
	const system = environment.PGSYSCONFDIR === undefined ? systemDirectories : [environment.PGSYSCONFDIR];
	const files = [own, ...system.map(directory => `${directory}/pg_service.conf`)].filter(
		file => file !== undefined,
	);
	if (isUri(environment.PGSERVICEFILE?.trim() ?? ''))
		return {type: 'bad', sentence: `PGSERVICEFILE ${misplacedUri}`};
	const looked: string[] = [];
	const unread: Unread[] = [];
	for (const file of files) {
		const read = machine.readText(file);
		if (typeof read === 'string') {
			const found = findService(read, name.text, file);
			if (found.type === 'bad') return found;
			if (found.type === 'service') {
				const given = Object.entries(found.service).map(([keyword, {text: value, line}]) => [
					keyword,
					{text: value, origin: `${keyword} in line ${line} of ${file}`, isAlone: false},
				]);
				return {type: 'given', given: Object.fromEntries(given)};
			}

			looked.push(file);
		} else if (file === environment.PGSERVICEFILE) {
			const why = read?.why ?? 'there is no such file';
			return {
				type: 'bad',
				sentence: `the service file ${file || '""'}, which PGSERVICEFILE names, can't be read: ${why}`,
			};
		} else if (read) unread.push({file, why: read.why});
	}

	const where = whereNot(looked, unread, files[0] ?? '');
	return {
		type: 'bad',
		sentence:
			name.isAlone && mayBeRepeated(name.text)
				? `the service "${shorten(name.text, longestName)}", which ${name.origin} names, ${where}`
				: `the service that ${name.origin} names ${where}`,
	};
}

type Unread = {readonly file: string; readonly why: string};

// In UTF-16 units. Together they leave room for the other words of a sentence.
const longestName = 60;
const longestFiles = 160;

/** Where a service was looked for in vain. `usual` is the file where it might have been. */
function whereNot(looked: readonly string[], unread: readonly Unread[], usual: string): string {
	const share = Math.floor(longestFiles / Math.max(1, looked.length + unread.length));
	const nameOf = (file: string) => shortenMiddle(clean(file), share);
	const closed = unread.map(({file, why}) => `${nameOf(file)} can't be read: ${why}`);
	if (looked.length > 0) {
		const names = looked.map(nameOf);
		const last = names.pop() ?? '';
		const all = names.length > 0 ? `${names.join(', ')} or ${last}` : last;
		return [`is not in ${all}`, ...closed].join('; ');
	}

	const why = closed.join('; ') || `there is no service file, as ${nameOf(usual)} would be one`;
	return `was not found: ${why}`;
}
