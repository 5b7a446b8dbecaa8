import {expect, test} from 'vitest';
import {longName, type OptionTable} from '../../source/tables/option.js';
import {options} from '../../source/tables/options.js';
import {usage} from '../../source/tables/usage.js';

test('the help text reads well at 80 columns', () => {
	expect(usage(options)).toMatchInlineSnapshot(`
		"Usage: pgtop [OPTION]... [DBNAME [USERNAME]]

		See every PostgreSQL backend live; c cancels its query, k ends its session.

		  -h, --host=HOST         server host, or directory of its Unix socket
		  -p, --port=PORT         server port
		  -U, --username=USER     role to connect as
		  -d, --dbname=DBNAME     database, connection string or URI
		  -W, --password          ask for a password before connecting
		  -w, --no-password       never ask for one, only for the passphrase of a key
		      --password-command=COMMAND
		                          run this for the password of each connection
		      --filter=FILTER     show only the sessions that match, as with /
		      --columns=NAMES     show these, in this order: pid,time,query
		      --sort=COLUMN       sort by this column; -COLUMN is reversed
		      --interval=SECONDS  time between two pictures (0.5 to 60, default 2)
		      --theme=BACKGROUND  colours for a background: any, dark or light
		      --once              print one picture as plain text and exit
		      --confirm=WHEN      ask before a signal: auto, always or never
		      --read-only         only look: c and k send nothing
		      --dry-run           show what c or k would send, and send nothing
		      --audit-log=FILE    write signals to this file, not to the state folder
		      --no-audit-log      write signals to no file
		      --no-config         read no configuration file
		      --show-config       print the configuration in force and exit
		      --signals           print the signals in the audit file and exit
		      --demo              try it on a throw-away server with troubled sessions
		  -?, --help              print this and exit
		  -V, --version           print the version and exit

		DBNAME may be a URI, postgresql://USER@HOST:PORT/DBNAME?sslmode=require, or a
		connection string, 'host=HOST dbname=DBNAME'. PGHOST, PGSERVICE, PGSSLMODE and
		the other variables of libpq, its service file, its password file and its
		certificates mean what they mean to psql."
	`);
	expect(
		Math.max(
			...usage(options)
				.split('\n')
				.map(line => line.length),
		),
	).toBeLessThanOrEqual(80);
});

test('no two options have the same short flag', () => {
	const shorts = Object.values(options).flatMap(option => ('short' in option ? [option.short] : []));
	expect(new Set(shorts).size).toBe(shorts.length);
});

// Parsers turn --no-x into x: false, so a pair of them could not be told apart.
test('no option is the --no- of another one, for the parser behind', () => {
	expect(
		Object.keys(options)
			.map(longName)
			.filter(flag => flag.startsWith('--no-')),
	).toEqual([]);
});

test('what an option undoes or excludes is another option', () => {
	const table: OptionTable = options;
	const named = Object.values(table).flatMap(({excludes, ...option}) => [
		...(excludes ? [excludes.name] : []),
		...('undoes' in option && option.undoes !== undefined ? [option.undoes] : []),
	]);
	expect(named).toHaveLength(3);
	expect(Object.keys(table)).toEqual(expect.arrayContaining(named));
});

test('each default is within its range', () => {
	const {range, default: usual} = options.interval;
	expect(usual).toBeGreaterThanOrEqual(range[0]);
	expect(usual).toBeLessThanOrEqual(range[1]);
});
