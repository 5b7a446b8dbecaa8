import type {Socket} from 'node:net';
import {type Client, Query, type QueryArrayConfig, type QueryArrayResult, type ResultBuilder} from 'pg';
import {clean} from '../domain/text/clean.js';
import {longestSentence, shorten} from '../domain/text/shorten.js';
import {watchAnswers} from './connect/session/watch-answers.js';
import {faultOf, isWarning} from './failures/errors.js';
import {begin, prologue} from './prologue.js';
import type {Cells} from './queries/query.js';

export type Reply = {
	/** The rows of every statement, in order. */
	readonly results: readonly (readonly Cells[])[];
	readonly warnings: readonly string[];
};

/** The rows of a single statement, which comes last, after the prologue. */
export const rowsOf = ({results}: Reply) => results.at(-1) ?? [];

/** Gives an equal row that is there already, or this one. */
export type Keep = (row: Cells) => Cells;

export type Session = {
	/** Runs the statements on one snapshot, in three messages written in one go. Each row is given to `keep` as it comes, and what that gives back takes its place. */
	batch(statements: readonly string[], isUnlogged: boolean, keep?: Keep): Promise<Reply>;
	/** Runs one statement in a transaction of its own, written after whatever is under way. */
	message(statement: string, comment?: string): Promise<Reply>;
	/** What is sent meanwhile is written in one go. */
	together<T>(send: () => T): T;
	/** Resolves at our own ReadyForQuery, when everything that was written has its answer. */
	settled(): Promise<void>;
	close(): void;
};

type More = {readonly ahead?: string; readonly keep?: Keep; readonly attempt?: number};

/** How often pgtop tries to begin a transaction, at most. */
const attempts = 5;

/** Stands before a statement in the server's log: at most 64 characters, none of which could end the comment. */
const comment = (text: string) => `/* ${text.replaceAll(/[^\w.@-]/g, '').slice(0, 64) || 'unknown'} */ `;

/** Has `keep` called as each row comes. Called for all rows at the end, it would be too late: by then the cells of a large answer have outlived several collections of garbage. */
function keepRows(query: Query, keep: Keep): void {
	let known: ResultBuilder | undefined;
	// Each statement has a result of its own. The event comes before its first row is added.
	query.on('row', (_, result) => {
		if (!result || result === known) return;
		known = result;
		result.addRow = row => result.rows.push(keep(row));
	});
}

/** A session over a client in pipeline mode: every message is written at once, and answers come in order. `isHasty` is what `Hello` says. `onStuck`: what was asked has no answer, although the server should have ended it by itself. */
export function createSession(
	client: Client,
	major: number,
	isHasty: boolean,
	onStuck: () => void = () => {},
): Session {
	let warnings: string[] = [];
	let unanswered = 0;
	const watch = watchAnswers(client.connection.stream as Socket, onStuck);
	client.on('notice', notice => {
		if (isWarning(notice) && notice.message) warnings.push(shorten(clean(notice.message), longestSentence));
	});

	const send = (text: string, keep?: Keep) =>
		new Promise<Reply>((resolve, reject) => {
			unanswered++;
			watch.asked();
			// The callback runs before the next answer is read, so the warnings are this message's own.
			const query = new Query({text, rowMode: 'array'} as QueryArrayConfig, (error, result: unknown) => {
				const own = warnings;
				warnings = [];
				unanswered--;
				watch.answered(unanswered === 0);
				if (error) {
					reject(error);
					return;
				}

				const results = (Array.isArray(result) ? result : [result]) as readonly QueryArrayResult[];
				resolve({results: results.map(({rows}) => rows as Cells[]), warnings: own});
			});
			if (keep) keepRows(query, keep);
			client.query(query);
		});

	/** The prologue stands in the second message, too: it must hold even where the transaction could not begin. */
	const withPrologue = (statements: readonly string[], ahead = '') =>
		`${ahead}${prologue(major)};\n${statements.join(';\n')}`;

	/**
	On 10 to 12 a timeout set in the same message does not hold, so the transaction begins in a message of its own. It ends in a third, which is also written at once. So nothing is ever left open, and the end of the second is not logged.
	*/
	const transaction = async (
		statements: readonly string[],
		isUnlogged: boolean,
		more: More,
	): Promise<Reply> => {
		const {ahead, keep, attempt = 1} = more;
		const [begun, done] = await Promise.allSettled([
			send(begin(major, isUnlogged)),
			send(withPrologue(statements, ahead), keep),
			send('commit'),
		]);
		if (done.status === 'fulfilled') {
			const {results} = done.value;
			if (results.length < statements.length) throw new Error('the server has not answered every statement');
			return {...done.value, results: results.slice(-statements.length)};
		}

		if (begun.status === 'fulfilled' || faultOf(done.reason).kind !== 'aborted') throw done.reason;
		// Nothing of the transaction has run. A role may have a limit of a millisecond.
		if (attempt < attempts && faultOf(begun.reason).kind === 'cancelled')
			return transaction(statements, isUnlogged, {...more, attempt: attempt + 1});
		throw begun.reason;
	};

	return {
		batch: (statements, isUnlogged, keep) => transaction(statements, isUnlogged, {...(keep && {keep})}),
		message(statement, by) {
			const ahead = by === undefined ? '' : comment(by);
			return major < 13 || isHasty
				? transaction([statement], false, {ahead})
				: send(withPrologue([statement], ahead));
		},
		together(send) {
			const {stream} = client.connection;
			stream.cork();
			try {
				return send();
			} finally {
				stream.uncork();
			}
		},
		settled: () =>
			unanswered === 0 ? Promise.resolve() : new Promise(resolve => client.once('drain', () => resolve())),
		close() {
			client.connection.stream.destroy();
		},
	};
}
