import {clean} from '../../domain/text/clean.js';
import {longestSentence, shortenMiddle} from '../../domain/text/shorten.js';
import {type ConnectTarget, isSocket, type Place, type SessionAttributes} from './connect-target.js';
import type {Machine} from './machine.js';
import {foreignUri} from './settings/connection-string/foreign-uri.js';
import type {GivenValues} from './settings/given-values.js';
import {homeFiles} from './settings/home-files.js';
import type {KeywordValues} from './settings/keywords.js';
import {loginRules} from './settings/login-rules.js';
import {placesOf} from './settings/places.js';
import {retryOf} from './settings/retry.js';
import {gather} from './settings/sources.js';
import {tlsSettings} from './settings/tls-settings.js';
import {firstHiding, firstMistake, firstUri, wholeNumber} from './settings/values.js';

/** A mistake in arguments, environment or files: nothing was tried. */
export type Bad = {readonly type: 'bad'; readonly sentence: string};

export type Resolved = {readonly type: 'target'; readonly target: ConnectTarget} | Bad;

const bad = (sentence: string): Bad => ({
	type: 'bad',
	sentence: shortenMiddle(clean(sentence), longestSentence),
});

/** In seconds, for each address. Without a limit, a connection that hangs would never be tried again. */
const usualTimeout = '10';

// A timer holds no more than 31 bits: 24 days.
const longestTimer = 2_147_483_647;

function connectTimeout({connect_timeout}: GivenValues): number {
	const seconds = wholeNumber(connect_timeout?.text ?? usualTimeout) ?? 0;
	// libpq before 17 makes two seconds of one.
	return seconds <= 0 ? 0 : Math.min(Math.max(2, seconds) * 1000, longestTimer);
}

/** The system's default, in seconds. */
const systemSilence = 7200;

/** In seconds. psql leaves this to the system, but two hours are longer than most firewalls remember a connection. */
const usualSilence = '10';

function keepAlive({keepalives, keepalives_idle}: GivenValues): {keepAliveMs?: number} {
	if (wholeNumber(keepalives?.text ?? '1') === 0) return {};
	const seconds = wholeNumber(keepalives_idle?.text ?? usualSilence) ?? 0;
	return {keepAliveMs: Math.min((Math.max(0, seconds) || systemSilence) * 1000, longestTimer)};
}

/** A value that is no name: the server would repeat it, password and all, as an unknown name. */
function mistakenName({user}: KeywordValues, {dbname, user: role}: GivenValues): string | undefined {
	if (dbname && /:\/\/|:.*@/s.test(dbname.text))
		return `${dbname.origin} takes a name, and this reads like a URI: one begins with postgresql:// or postgres://, and stands in place of DBNAME or after -d`;
	if (user && /@.*\//s.test(user))
		return `-U takes a name, and this reads like the end of a URI: one with blanks in it stands in quotes`;
	// A role's name may have a colon: a connection string makes clear that no password is meant.
	return role?.isAlone && role.text.includes(':')
		? `${role.origin} takes a role alone, without its password: that is asked for`
		: undefined;
}

/** `requirepeer` counts only at a socket. */
const asked = (given: GivenValues, places: readonly Place[]): GivenValues =>
	places.some(isSocket) ? given : {...given, requirepeer: {text: '', origin: '', isAlone: true}};

/**
Settles where to connect, as psql does. The order: connection string, then -h, -p and -U, service, environment, defaults.

`args` is what the arguments say; its `dbname` may be a URI or a string such as `host=db1 user=dba`.
*/
export function resolveTarget(
	args: KeywordValues,
	environment: Readonly<NodeJS.ProcessEnv>,
	machine: Machine,
): Resolved {
	const foreign = foreignUri(args.dbname ?? '');
	if (foreign !== undefined) return bad(foreign);
	const gathered = gather(args, environment, machine);
	if (gathered.type === 'bad') return bad(gathered.sentence);
	const {given, typed, service} = gathered;

	const hiding = firstHiding(given) ?? firstUri(given) ?? mistakenName(args, given);
	if (hiding !== undefined) return bad(hiding);
	const places = placesOf(given, machine);
	if (typeof places === 'string') return bad(places);
	const mistake = firstMistake(asked(given, places));
	if (mistake !== undefined) return bad(mistake);
	const files = homeFiles(environment, machine);
	const tls = tlsSettings(given, files.certificates, environment);
	if (typeof tls === 'string') return bad(tls);
	const rules = loginRules(given);
	if (typeof rules === 'string') return bad(rules);

	const user = given.user?.text || machine.account;
	if (!user)
		return bad('this process runs under a number without an OS account: name the role with -U or PGUSER');

	const passwordFile = given.passfile?.text || files.passwords;
	return {
		type: 'target',
		target: {
			places,
			user,
			database: given.dbname?.text || user,
			...(service !== undefined && {service}),
			...(passwordFile && {passwordFile}),
			applicationName: given.application_name?.text ?? 'pgtop',
			connectTimeoutMs: connectTimeout(given),
			...(given.options?.text && {options: given.options.text}),
			...keepAlive(given),
			...rules,
			tls,
			attributes: (given.target_session_attrs?.text ?? 'any') as SessionAttributes,
			isShuffled: given.load_balance_hosts?.text === 'random',
			retry: {
				...retryOf(typed, user, environment, machine),
				...(given.options && {optionsFrom: given.options.origin}),
			},
		},
	};
}
