import {isKeyword, type Keyword, keywords, type Settings} from './keywords.js';

export type Uri =
	| {readonly type: 'settings'; readonly settings: Settings}
	| {readonly type: 'bad'; readonly sentence: string};

/** Still percent-encoded; a name that stands in the URI itself may be unknown. */
type Part = readonly [name: string, encoded: string];

const scheme = /^postgres(?:ql)?:\/\//;

export function isUri(text: string): boolean {
	return scheme.test(text);
}

// Sentences name a part of the URI and never quote it: the password is in there.
const bad = (sentence: string) => ({type: 'bad', sentence: `the connection URI ${sentence}`}) as const;

function decode(encoded: string): string | undefined {
	if (/%00/.test(encoded)) return undefined;
	try {
		return decodeURIComponent(encoded);
	} catch {
		return undefined;
	}
}

function serverParts(server: string): readonly Part[] | string {
	if (server.replace(/\[[^\]]*\]/g, '').includes(','))
		return 'names several servers, which pgtop does not support yet';
	if (!server.startsWith('[')) {
		const [, host = '', port = ''] = /^([^:]*):?(.*)$/s.exec(server) ?? [];
		return [
			['host', host],
			['port', port],
		];
	}

	const [, address, port = ''] = /^\[([^\]]+)\](?::(.*))?$/s.exec(server) ?? [];
	if (address === undefined) return 'has an IPv6 address that is not written [ADDRESS] or [ADDRESS]:PORT';
	return [
		['host', address],
		['port', port],
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

/**
Reads `postgresql://USER:PASSWORD@HOST:PORT/DBNAME?NAME=VALUE&…` as libpq does: every part may be missing,
the password may contain `?` and `:`, the database `/`, and parameters win over what stands before them.
*/
export function parseUri(text: string): Uri {
	const body = text.replace(scheme, '');
	const [login = ''] = /^[^@/]*@/.exec(body) ?? [];
	const [, user = '', password = ''] = /^([^:]*):?(.*)@$/s.exec(login) ?? [];
	const [, server = '', dbname = '', query = ''] =
		/^((?:\[[^\]]*\]|[^/?])*)\/?([^?]*)\??(.*)$/s.exec(body.slice(login.length)) ?? [];

	const place = serverParts(server);
	if (typeof place === 'string') return bad(place);
	const parameters = parameterParts(query);
	if (typeof parameters === 'string') return bad(parameters);

	const settings: {[Key in Keyword]?: string} = {};
	const named: readonly Part[] = [['user', user], ['password', password], ...place, ['dbname', dbname]];
	// Only a parameter can say that something is empty.
	for (const [encodedName, encoded] of [...named.filter(([, value]) => value !== ''), ...parameters]) {
		const name = decode(encodedName) ?? encodedName;
		if (!isKeyword(name)) {
			return bad(`has a parameter "${name}": pgtop knows ${Object.keys(keywords).join(', ')}`);
		}

		const value = decode(encoded);
		if (value === undefined)
			return bad(`has a % in its ${name} that begins no percent-encoded character: write it %25`);
		settings[name] = value;
	}

	return {type: 'settings', settings};
}
