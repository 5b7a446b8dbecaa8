import {expect, test} from 'vitest';
import {parseConfiguration} from '../../../source/run/configuration/parse-configuration.js';

/** What every column is called. */
const names =
	'pid user db app client type leader state wait time xact since qage sage cpu mem xid xmin query-id blocks blocker lage query';

const parse = (text: string) => parseConfiguration(text, '~/.config/pgtop/config.toml');

const sentenceOf = (text: string) => {
	const parsed = parse(text);
	return parsed.type === 'wrong' ? parsed.sentence : 'taken';
};

test('everything that a file can say is taken, with the line where it stands', () => {
	const text = `# what I like
columns = [
	"pid", "User",
	"QUERY id", # a title
]
sort = "-time"
interval = 0.5
theme = "dark"
confirm = "always"
read-only = false
service-roles = ["rdsadmin"]

[thresholds]
idle-in-transaction = "5m"
slot-bytes = "10GB"
least-slots-share = 0.1

[server.shop-prod]
production = true
[server.shop-prod.thresholds]
idle-in-transaction = "1.5s"
[server."db1.example.com"]
columns = ["pid"]
`;
	expect(parse(text)).toEqual({
		type: 'said',
		said: {
			theme: {value: 'dark', from: 'line 8'},
			rules: {
				columns: {value: ['pid', 'user', 'query-id'], from: 'line 2'},
				sort: {value: {column: 'time', isReversed: true}, from: 'line 6'},
				interval: {value: 500, from: 'line 7'},
				confirm: {value: 'always', from: 'line 9'},
				isReadOnly: {value: false, from: 'line 10'},
				serviceRoles: {value: ['rdsadmin'], from: 'line 11'},
				thresholds: {
					idleInTransaction: {value: 300e6, from: 'line 14'},
					slotBytes: {value: 10 * 1024 ** 3, from: 'line 15'},
					leastSlotsShare: {value: 0.1, from: 'line 16'},
				},
			},
			sections: [
				{
					name: 'shop-prod',
					rules: {
						isProduction: {value: true, from: '[server.shop-prod], line 19'},
						thresholds: {
							idleInTransaction: {value: 1.5e6, from: '[server.shop-prod], line 21'},
						},
					},
				},
				{
					name: 'db1.example.com',
					rules: {columns: {value: ['pid'], from: '[server."db1.example.com"], line 23'}},
				},
			],
		},
	});
});

test.each(['', '\n\n', '# nothing\n', '\uFEFF# a mark in front\r\n', '[server]\n'])(
	'%j says nothing, and is no mistake',
	text => {
		expect(parse(text)).toEqual({type: 'said', said: {rules: {}, sections: []}});
	},
);

test.each([
	['\n\n\ninterval = 100', 4, 'interval takes 0.5 to 60 seconds, not 100'],
	['interval = 0.4', 1, 'interval takes 0.5 to 60 seconds, not 0.4'],
	['interval = nan', 1, 'interval takes 0.5 to 60 seconds, not NaN'],
	['interval = "2"', 1, 'interval takes 0.5 to 60 seconds, not "2"'],
	['interval = 2026-01-01', 1, 'interval takes 0.5 to 60 seconds, not a date'],
	['interval = {seconds = 2}', 1, 'interval takes 0.5 to 60 seconds, not a table'],
	['theme = "Dark"', 1, 'theme takes "any", "dark", "light", not "Dark"'],
	['confirm = true', 1, 'confirm takes "auto", "always", "never", not true'],
	['read-only = "yes"', 1, 'read-only takes true or false, not "yes"'],
	[
		'service-roles = "rdsadmin"',
		1,
		'service-roles takes names of roles such as ["rdsadmin"], not "rdsadmin"',
	],
	['service-roles = ["a", 1]', 1, 'service-roles takes names of roles such as ["rdsadmin"], not this list'],
	['columns = "pid"', 1, 'columns takes names of columns such as ["pid", "query"], not "pid"'],
	['columns = []', 1, 'columns: no column is named'],
	['columns = [\n"pid",\n"qurey"]', 1, 'columns: there is no column "qurey": did you mean query?'],
	['columns = ["__proto__"]', 1, `columns: there is no column "__proto__": ${names}`],
	['columns = ["db", "database"]', 1, 'columns: "database" is named twice'],
	['sort = "elephant"', 1, `sort: there is no column "elephant": ${names}`],
	['sort = "-query"', 1, 'sort: nothing is sorted by QUERY'],
	['sort = ["time"]', 1, 'sort takes the name of a column, "time" or "-time", not this list'],
	['\nread_only = true', 2, 'read_only is no key: did you mean read-only?'],
	['Interval = 2', 1, 'Interval is no key: did you mean interval?'],
	['password = "secret"', 1, 'password is no key: the manual lists them'],
	['__proto__ = 1', 1, '__proto__ is no key: the manual lists them'],
	['constructor = {}', 1, 'constructor is no key: the manual lists them'],
	['"a\\u001B[2Jb\\n" = 1', 1, '"a\\u001b[2Jb\\u000a" is no key: the manual lists them'],
	[`${'x'.repeat(10_000)} = 1`, 1, `${'x'.repeat(39)}~ is no key: the manual lists them`],
	['production = true', 1, 'production stands in the section of a server: [server.NAME]'],
	['idle-in-transaction = "5m"', 1, 'idle-in-transaction stands in a table of its own: [thresholds]'],
	['[thresholds]\ninterval = 5', 2, 'interval is no threshold: it stands above [thresholds]'],
	['[thresholds]\nstandby-lags = "5m"', 2, 'standby-lags is no threshold: did you mean standby-lag?'],
	['[thresholds]\n"" = "5m"', 2, '"" is no threshold: the manual lists them'],
	['[thresholds]\nsync-wait = 10', 2, 'sync-wait takes a time such as "5m", from 1s to 365d, not 10'],
	['[thresholds]\nsync-wait = "0s"', 2, 'sync-wait takes a time such as "5m", from 1s to 365d, not "0s"'],
	[
		'[thresholds]\nslot-bytes = "10gb"',
		2,
		'slot-bytes takes a size such as "10GB", from 1MB to 1024TB, not "10gb"',
	],
	['[thresholds]\nwraparound-share = 40', 2, 'wraparound-share takes 0 to 1, not 40'],
	['[thresholds]\nleast-slots = 1.5', 2, 'least-slots takes a whole number, 0 to 10000, not 1.5'],
	['thresholds = 3', 1, 'thresholds is a table: [thresholds]'],
	['server = 3', 1, 'server is a table for each server: [server.NAME]'],
	['[[server]]\ninterval = 3', 1, 'server is a table for each server: [server.NAME]'],
	['[server]\ndb1 = 3', 2, 'server.db1 is no table: [server.NAME]'],
	['[server]\ninterval = 3', 2, 'server.interval is no table: [server.NAME]'],
	['[server.""]\ninterval = 3', 1, 'a section needs the name of a server: [server.NAME]'],
	['[server.db1]\n\ntheme = "dark"', 3, 'theme is of the terminal: it stands above all sections'],
	['[server.db1]\nserver = "x"', 2, 'server is no key: the manual lists them'],
	['[servers.db1]', 1, 'servers is no key: did you mean server?'],
	[
		'[server.db1.example.com]\ninterval = 3',
		1,
		'a name with dots stands in quotes: [server."db1.example.com"]',
	],
	['[server.10.0.0.1]', 1, 'a name with dots stands in quotes: [server."10.0.0.1"]'],
	['[server.__proto__]\nproduction = 1', 2, 'production takes true or false, not 1'],
	['[server.db1.thresholds]\nx = 1', 2, 'x is no threshold: the manual lists them'],
	['read-only = "postgresql://dba:SECRET@db1"', 1, 'read-only takes true or false'],
])('%j is a mistake on line %i: %s', (text, line, why) => {
	expect(sentenceOf(text)).toBe(`~/.config/pgtop/config.toml, line ${line}: ${why}`);
});

test.each([
	['interval = 2\nread-only = ', 2, 13],
	['a = "open\n', 1, 10],
	['[server.db1\ninterval = 2', 1, 12],
	['interval = 2\ninterval = 3', 2, 1],
	['[server.db1]\n[server.db1]', 2, 2],
])('%j can not be read: line %i, column %i', (text, line, column) => {
	expect(sentenceOf(text)).toMatch(
		new RegExp(`^~/\\.config/pgtop/config\\.toml, line ${line}, column ${column}: [ -~]{5,100}$`),
	);
});

test('of several mistakes the first in the file is told', () => {
	expect(sentenceOf('[server.db1]\nx = 1\n[thresholds]\ny = 1\n')).toMatch(/line 2: x is no key/);
	expect(sentenceOf('[thresholds]\ny = 1\n[server.db1]\nx = 1\n')).toMatch(/line 2: y is no thre/);
});

test('a hostile file is one short sentence', () => {
	const name = `"${'\\u001B]0;x\\u0007'.repeat(2000)}"`;
	const sentence = sentenceOf(`[server.${name}]\n${name} = ${name}`);
	expect(sentence).toMatch(/^[ -~]{20,300}$/);
	expect(sentenceOf(`x = ${'['.repeat(50_000)}`)).toMatch(/excessively nested/);
	expect(sentenceOf(`server${'.a'.repeat(100_000)} = 1`)).toMatch(
		/line 1: a name with dots stands in quotes: \[server\."a\.a\.a/,
	);
});

test('a section of any name is taken as it stands', () => {
	const names = ['__proto__', 'constructor', 'toString', 'a\u001B[2J\nb', 'x'.repeat(10_000), '1', '"'];
	const text = names.map(name => `[server.${JSON.stringify(name)}]\nproduction = true\n`).join('');
	const parsed = parse(text);
	if (parsed.type === 'wrong') throw new Error(parsed.sentence);
	expect(new Set(parsed.said.sections.map(({name}) => name))).toEqual(new Set(names));
	for (const {rules} of parsed.said.sections) {
		expect(Object.keys(rules)).toEqual(['isProduction']);
		expect(rules.isProduction?.from).toMatch(/^\[server\.[ -~]{1,60}\], line \d+$/);
	}
});

test('a thousand sections are taken, and no more', () => {
	const text = (count: number) =>
		Array.from({length: count}, (_, number) => `[server.db${number}]\nproduction = true\n`).join('');
	expect(sentenceOf(text(1000))).toBe('taken');
	expect(sentenceOf(text(1001))).toBe(
		'~/.config/pgtop/config.toml, line 2001: there are more than 1000 sections',
	);
});

test('a value of very many lines is refused, for its end takes long to find', () => {
	const roles = (count: number) => `\nservice-roles = [\n${'"a",\n'.repeat(count)}]\n`;
	expect(sentenceOf(roles(190))).toBe('taken');
	expect(sentenceOf(roles(20_000))).toBe('~/.config/pgtop/config.toml, line 2: this value is too long');
});
