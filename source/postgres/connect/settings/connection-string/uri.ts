import {fromBytes, toBytes} from '../../../../domain/text/raw-text.js';
import {isKeyword, type Keyword, withoutOldName} from '../keywords.js';
import type {Parsed} from './conninfo.js';

/** Still percent-encoded. A name that stands in the URI itself may be unknown to libpq. */
type Part = readonly [name: string, encoded: string];

const scheme = /^postgres(?:ql)?:\/\//;

export function isUri(text: string): boolean {
	return scheme.test(text);
}

/** Said of any other value that is a URI, after the name of the value. */
export const misplacedUri = 'has a URI: that stands in place of DBNAME or after -d';

// Sentences name a part of the URI and never quote it, because the password is inside.
const bad = (sentence: string) => ({type: 'bad', sentence: `the connection URI ${sentence}`}) as const;

function decode(encoded: string): string | undefined {
	if (!encoded.includes('%')) return encoded;
	if (/%(?!(?!00)[\da-f]{2})/i.test(encoded)) return undefined;
	const bytes = toBytes(encoded)
		.toString('latin1')
		.replace(/%(..)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
	return fromBytes(Buffer.from(bytes, 'latin1'));
}

/** `db1:5433,[::1],%2Ftmp` → a list of hosts and one of ports, each with as many commas. */
function serverParts(servers: string): readonly Part[] | string {
	const hosts: string[] = [];
	const ports: string[] = [];
	// Split at the commas outside of brackets.
	for (const server of servers.split(/,(?![^[]*\])/)) {
		const [, bracketed, plain = '', port = ''] =
			/^(?:\[([^\]]+)\](?=$|:)|(?!\[)([^:]*)):?(.*)$/s.exec(server) ?? [];
		if (bracketed === undefined && server.startsWith('['))
			return 'has an IPv6 address that is not written [ADDRESS] or [ADDRESS]:PORT';
		hosts.push(bracketed ?? plain);
		ports.push(port);
	}

	return [
		['host', hosts.join(',')],
		['port', ports.join(',')],
	];
}

function parameterParts(query: string): readonly Part[] | string {
	if (query === '') return [];
	const parts = query
		.replace(/&$/, '')
		.split('&')
		.map(parameter => parameter.split('='));
	if (parts.some(part => part.length !== 2)) return 'has a parameter that is not written NAME=VALUE';
	return parts.map(([name = '', value = '']) => [name, value]);
}

/** The name may be the rest of a password where an @ or a password follows the question mark, or a colon without an @ comes before. */
const unknownParameter = (name: string, query: string, hasOpenLogin: boolean) =>
	hasOpenLogin || /@|password/i.test(query)
		? 'has a parameter that libpq does not know'
		: `has a parameter "${name}", which libpq does not know`;

/** `ssl=true` is JDBC's name for `sslmode=require`; libpq takes it in URIs. */
const withoutForeignName = (name: string, value: string) =>
	name === 'ssl' && value === 'true' ? (['sslmode', 'require'] as const) : withoutOldName(name, value);

/**
Reads `postgresql://USER:PASSWORD@HOST:PORT,HOST:PORT/DBNAME?NAME=VALUE&…` as libpq does. Every part may be missing.
The password may contain `?` and `:`, the database `/`. Parameters win over the parts before them.
*/
export function parseUri(text: string): Parsed {
	const body = text.replace(scheme, '');
	const [login = ''] = /^[^@/]*@/.exec(body) ?? [];
	const [, user = '', password = ''] = /^([^:]*):?(.*)@$/s.exec(login) ?? [];
	const [, servers = '', dbname = '', query = ''] =
		/^((?:\[[^\]]*\]|[^/?])*)\/?([^?]*)\??(.*)$/s.exec(body.slice(login.length)) ?? [];

	// libpq takes the first @ for the end of the login, and would look up the rest of the password as a host.
	if (/@/.test(servers + dbname))
		return bad(
			login === ''
				? 'has a / before an @: in a user or password it is written %2F, and an @ in a name %40'
				: 'has a second @: in a user, a password or a name it is written %40',
		);

	const places = serverParts(servers);
	if (typeof places === 'string') return bad(places);
	const given = parameterParts(query);
	if (typeof given === 'string') return bad(given);

	const settings: {[Key in Keyword]?: string} = {};
	const named: readonly Part[] = [['user', user], ['password', password], ...places, ['dbname', dbname]];
	// Only a parameter can say that something is empty.
	for (const [encodedName, encoded] of [...named.filter(([, value]) => value !== ''), ...given]) {
		const decoded = decode(encoded);
		const [name, value] = withoutForeignName(decode(encodedName) ?? encodedName, decoded ?? '');
		if (!isKeyword(name)) return bad(unknownParameter(name, query, login === '' && servers.includes(':')));
		if (decoded === undefined)
			return bad(`has a % in its ${name} that begins no percent-encoded character: write it %25`);
		settings[name] = value;
	}

	return {type: 'settings', settings};
}
