import type {GivenValue, GivenValues} from './given-values.js';
import {notGiven} from './secrets.js';

/** The ways of login, as `require_auth` names them. */
const methods = ['none', 'password', 'md5', 'scram-sha-256', 'gss', 'sspi', 'oauth'] as const;

export type Method = (typeof methods)[number];

/** What the server must ask for before it gets a password, or before its welcome counts. */
export type LoginRules = {
	readonly channelBinding: 'disable' | 'prefer' | 'require';
	/** Absent where any will do. */
	readonly methods?: readonly Method[];
};

const isMethod = (text: string): text is Method => methods.some(method => method === text);

/** `scram-sha-256,none` allows those, `!password,!md5` all but those. */
function allowedMethods(given: GivenValue): readonly Method[] | string {
	const parts = given.text.split(',');
	const names = parts.map(part => part.replace(/^!/, ''));
	const unknown = names.find(name => !isMethod(name));
	if (unknown !== undefined) return `takes ${methods.join(', ')}${notGiven(given, unknown)}`;
	const negative = parts.filter(part => part.startsWith('!')).length;
	if (negative > 0 && negative < parts.length) return 'has methods with ! and without';
	if (new Set(names).size < names.length) return 'has a method twice';
	return methods.filter(method => names.includes(method) === (negative === 0));
}

/** What `channel_binding` and `require_auth` say, or what is wrong with it. */
export function loginRules({channel_binding, require_auth}: GivenValues): LoginRules | string {
	const channelBinding = (channel_binding?.text ?? 'prefer') as LoginRules['channelBinding'];
	if (!require_auth?.text) return {channelBinding};
	const found = allowedMethods(require_auth);
	return typeof found === 'string' ? `${require_auth.origin} ${found}` : {channelBinding, methods: found};
}
