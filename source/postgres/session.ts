import type pg from 'pg';
import {clean} from '../domain/text/clean.js';
import {faultOf, isWarning} from './errors.js';
import {begin, prologue} from './prologue.js';
import type {Cells} from './queries/query.js';

/** A message that gets no answer within this time has lost its connection, in milliseconds: pg breaks it off. */
export const answerTimeout = 9000;

export type Reply = {
	/** The rows of every statement, in order. */
	readonly results: readonly (readonly Cells[])[];
	readonly warnings: readonly string[];
};

export type Session = {
	/** Runs the statements on one snapshot, in two messages written in one go: a timeout set in the same message would not hold on 10. */
	batch(statements: readonly string[]): Promise<Reply>;
	/** Runs one statement in a message and a transaction of its own, written behind whatever is under way. */
	message(statement: string, comment?: string): Promise<Reply>;
	/** Resolves at our own ReadyForQuery, when nothing that was written is without its answer. */
	settled(): Promise<void>;
	close(): void;
};

/** Over a client in pipeline mode: every message is written at once, and answers come in order. */
export function createSession(client: pg.Client, major: number): Session {
	let warnings: string[] = [];
	let unanswered = 0;
	client.on('notice', notice => {
		if (isWarning(notice) && notice.message) warnings.push(clean(notice.message));
	});

	const send = (text: string) =>
		new Promise<Reply>((resolve, reject) => {
			unanswered++;
			const query = {text, rowMode: 'array', query_timeout: answerTimeout};
			// The callback runs before the next answer is read, so the warnings are this message's own.
			void client.query(query as pg.QueryArrayConfig, (error: Error | null, result: unknown) => {
				const own = warnings;
				warnings = [];
				unanswered--;
				if (error) {
					reject(error);
					return;
				}

				const results = (Array.isArray(result) ? result : [result]) as readonly pg.QueryArrayResult[];
				resolve({results: results.map(({rows}) => rows as Cells[]), warnings: own});
			});
		});

	/** Only where a transaction was left open: an unneeded one is a warning in the server's log. */
	const leaveTransaction = async () => {
		if (client.getTransactionStatus() !== 'I') await send('rollback');
	};

	/** Settles when the last batch is over, and the transaction that it may have left behind too. */
	let tidy: Promise<unknown> = Promise.resolve();

	const batch = async (statements: readonly string[]) => {
		const [begun, done] = await Promise.allSettled([
			send(begin(major)),
			send(`${statements.join(';\n')};\ncommit`),
		]);
		if (begun.status === 'fulfilled' && done.status === 'fulfilled')
			return {...done.value, results: done.value.results.slice(0, -1)};
		await leaveTransaction().catch(() => {});
		throw begun.status === 'rejected' ? begun.reason : (done as PromiseRejectedResult).reason;
	};

	return {
		batch(statements) {
			const running = batch(statements);
			tidy = running.catch(() => {});
			return running;
		},
		async message(statement, comment) {
			const text = `${comment ? `/* ${comment.replaceAll(/[^\w.@-]/g, '').slice(0, 64) || 'unknown'} */ ` : ''}${prologue(major)};\n${statement}`;
			return send(text).catch(async (error: unknown) => {
				if (faultOf(error).kind !== 'aborted') throw error;
				// It was written behind a refresh that failed, and nothing of it ran: again, behind the rollback of that.
				await tidy;
				return send(text);
			});
		},
		settled: () =>
			unanswered === 0 ? Promise.resolve() : new Promise(resolve => client.once('drain', () => resolve())),
		close() {
			client.connection.stream.destroy();
		},
	};
}
