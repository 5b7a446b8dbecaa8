import type {Signal} from '../../../domain/signal/target.js';
import type {Reason} from '../../../domain/signal/verdict/reason.js';
import type {Some} from '../../../domain/some.js';
import type {Read} from '../../../state/signal/question/asked.js';

/** What is said of those among many that have a reason, behind their number: in short, and what follows. */
function wordsFor(id: Reason['id'], signal: Signal): readonly [short: string, more: string] {
	switch (id) {
		case 'standby':
			return [
				'in SyncRep',
				signal === 'cancel'
					? ', done here: c only ends the wait, and a failover may lose it'
					: ', done here: k ends the wait, and a failover may lose it',
			];
		case 'index':
		case 'statement':
			return ['CONCURRENTLY or PREPARED', ': may leave an invalid object, or be done'];
		case 'comment':
			return ['behind a comment', ' that is longer than the server keeps'];
		case 'rights':
			return ['not verifiable', " without pg_read_all_stats: it may be another's pid"];
		case 'kind':
			return ['no client session', ''];
		case 'backup':
			return ['walsender', ': a base backup fails, and has to begin anew'];
		case 'state':
			return ['not tracked', ': nobody can tell what it does'];
		case 'unread':
			return ['unread', ": the query can't be read"];
		case 'filter':
			return ['not in the filter', ', listed all the same'];
		case 'details':
		case 'audit':
			return ['to be asked about', ''];
	}
}

/** Every kind of reason with the number of the sessions that have it: `2 in SyncRep`, and what that means. */
export function taggedReasons(
	read: Some<Read>,
	signal: Signal,
): readonly {readonly short: string; readonly text: string}[] {
	const counts = new Map<string, {readonly more: string; readonly count: number}>();
	for (const {reasons} of read) {
		// Two kinds may have the same words: one session counts once.
		for (const [short, more] of new Map(reasons.map(({id}) => wordsFor(id, signal))))
			counts.set(short, {more, count: (counts.get(short)?.count ?? 0) + 1});
	}

	return [...counts].map(([words, {more, count}]) => {
		const short = `${count} ${words}`;
		return {short, text: `${short}${more}`};
	});
}
