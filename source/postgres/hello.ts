import type pg from 'pg';
import {clean} from '../domain/text/clean.js';
import {answerTimeout} from './connect/session/watch-answers.js';
import {faultOf} from './failures/errors.js';
import {bytesOf} from './queries/bytes-of.js';
import {numberOf} from './queries/integer.js';

/** What stays the same as long as the connection lasts. */
export type Hello = {
	/** As the server writes it, cut to the number: `17.5`. */
	readonly version: string;
	readonly major: number;
	readonly maxConnections: number;
	/** How many bytes of a query's text the server keeps, with the zero byte at the end: track_activity_query_size. */
	readonly queryLimit: number;
	/** The same as SHOW says it: `1kB`, and before 11 `1024`. */
	readonly querySize: string;
	/** The encoding of our own database, by PostgreSQL's name. */
	readonly encoding: string;
	/** May be empty. */
	readonly clusterName: string;
	readonly isSuperuser: boolean;
	/** The role's statement_timeout is so short that the statements before our own may exceed it. */
	readonly isHasty: boolean;
	/** Whether the terminal can draw a text. A name that it can't draw is in no statement to paste. */
	readonly isDrawable?: (text: string) => boolean;
};

const shown = [
	'server_version',
	'server_version_num',
	'max_connections',
	'server_encoding',
	'is_superuser',
	'statement_timeout',
	'track_activity_query_size',
	'cluster_name',
] as const;

/** What a server keeps by default, in bytes. */
const defaultQueryLimit = 1024;

/** Needs no prologue: SHOW calls nothing that could be planted, and reads no catalogue that could be locked. */
const hello = shown.map(name => `show ${name}`).join('; ');

/** Asks a server what it is. A role's limit of a millisecond may hit even this: then the server is asked again. */
export async function sayHello(client: pg.Client, attempts = 5): Promise<Hello> {
	try {
		const said = await client.query({text: hello, query_timeout: answerTimeout} as pg.QueryConfig);
		// A server that answers only one statement gives one result, and no list.
		const results = [said].flat() as readonly pg.QueryResult<Record<string, string>>[];
		const settings: Record<string, string> = Object.assign({}, ...results.map(({rows}) => rows[0]));
		const {track_activity_query_size: querySize = ''} = settings;
		return {
			version: clean(settings.server_version?.split(' ')[0] ?? ''),
			major: Math.floor(numberOf(settings.server_version_num) / 10_000),
			maxConnections: numberOf(settings.max_connections),
			queryLimit: bytesOf(querySize) ?? defaultQueryLimit,
			querySize: clean(querySize),
			encoding: settings.server_encoding ?? 'SQL_ASCII',
			clusterName: clean(settings.cluster_name ?? ''),
			isSuperuser: settings.is_superuser === 'on',
			isHasty: settings.statement_timeout?.endsWith('ms') ?? false,
		};
	} catch (error) {
		if (attempts <= 1 || faultOf(error).kind !== 'cancelled') throw error;
		return sayHello(client, attempts - 1);
	}
}
