import type {Machine} from '../machine.js';
import {type Parsed, parseConninfo} from './connection-string/conninfo.js';
import {isUri, parseUri} from './connection-string/uri.js';
import type {BadValue, GivenValues} from './given-values.js';
import {flagOf, type Keyword, type KeywordValues, keywords, parameterOf} from './keywords.js';
import {fromService} from './service/service.js';

type Gathered =
	| {
			readonly type: 'given';
			readonly given: GivenValues;
			/** What the arguments said, with a connection string taken apart. */
			readonly typed: KeywordValues;
			/** The service whose server this is. */
			readonly service?: string;
	  }
	| BadValue;

// A password among the arguments was typed, and has no origin that could be named.
const flags: KeywordValues = {...flagOf, dbname: 'DBNAME', password: ''};

/** The settings of one source, each with its name there. */
function valuesOf(
	settings: KeywordValues,
	isAlone: boolean,
	originOf: (keyword: Keyword) => string,
): GivenValues {
	return Object.fromEntries(
		keywords.flatMap(keyword => {
			const text = settings[keyword];
			return text === undefined ? [] : [[keyword, {text, origin: originOf(keyword), isAlone}]];
		}),
	);
}

function fromEnvironment(environment: Readonly<NodeJS.ProcessEnv>): GivenValues {
	const given = valuesOf(
		Object.fromEntries(keywords.map(keyword => [keyword, environment[parameterOf(keyword).variable ?? '']])),
		true,
		keyword => parameterOf(keyword).variable ?? keyword,
	);
	// PGREQUIRESSL, the old form, counts only without PGSSLMODE.
	return environment.PGREQUIRESSL?.startsWith('1')
		? {sslmode: {text: 'require', origin: 'PGREQUIRESSL', isAlone: true}, ...given}
		: given;
}

/** `dbname` of the arguments may be a whole connection string. */
function connectionString(dbname: string): {readonly parsed: Parsed; readonly name: string} | undefined {
	if (isUri(dbname)) return {parsed: parseUri(dbname), name: 'the URI'};
	return dbname.includes('=') ? {parsed: parseConninfo(dbname), name: 'the connection string'} : undefined;
}

/**
Gathers what is given, in libpq's order: a connection string over the arguments beside it, over the service, over the environment.

As in psql, an empty argument is none, while an empty variable or parameter counts.
*/
export function gather(
	args: KeywordValues,
	environment: Readonly<NodeJS.ProcessEnv>,
	machine: Machine,
): Gathered {
	const {dbname = '', ...others} = args;
	const string = connectionString(dbname);
	if (string?.parsed.type === 'bad') return string.parsed;
	const flagged = withoutEmpty(string ? others : args);
	const explicit = {
		...valuesOf(flagged, true, keyword => flags[keyword] ?? keyword),
		...(string && valuesOf(string.parsed.settings, false, keyword => `${keyword} in ${string.name}`)),
	};

	const variables = fromEnvironment(environment);
	const name = explicit.service ?? variables.service;
	const service = name && fromService(name, environment, machine);
	if (service?.type === 'bad') return service;
	return {
		type: 'given',
		given: {...variables, ...service?.given, ...explicit},
		typed: {...flagged, ...string?.parsed.settings},
		...(service && !leadsElsewhere(explicit, service.given) && {service: name.text}),
	};
}

/** Another server is named beside the service than it has itself. */
const leadsElsewhere = (explicit: GivenValues, service: GivenValues) =>
	(['host', 'hostaddr', 'port'] as const).some(
		keyword => explicit[keyword] && explicit[keyword].text !== service[keyword]?.text,
	);

function withoutEmpty(settings: KeywordValues): KeywordValues {
	return Object.fromEntries(Object.entries(settings).filter(([, text]) => text !== ''));
}
