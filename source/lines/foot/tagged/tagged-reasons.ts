import {type Rights, whyNotSignalled} from '../../../domain/session/rights.js';
import type {Signal} from '../../../domain/signal/target.js';
import type {Reason} from '../../../domain/signal/verdict/reason.js';
import type {Some} from '../../../domain/some.js';
import type {Read} from '../../../state/signal/question/asked.js';

/** What is said of those among many that have a reason, behind their number. */
const wordsFor = (id: Reason['id'], signal: Signal): string => {
	switch (id) {
		case 'standby':
			return signal === 'cancel'
				? 'in SyncRep, done here: c only ends the wait, and a failover may lose it'
				: 'in SyncRep, done here: k ends the wait, and a failover may lose it';
		case 'index':
		case 'statement':
			return 'CONCURRENTLY or PREPARED: may leave an invalid object, or be done';
		case 'comment':
			return 'with its command behind a comment longer than the server keeps';
		case 'rights':
			return "not verifiable without pg_read_all_stats: it may be another's pid";
		case 'kind':
			return 'no client session';
		case 'backup':
			return 'walsender: a base backup fails, and has to begin anew';
		case 'state':
			return 'not tracked: nobody can tell what it does';
		case 'unread':
			return "with a query that can't be read";
		case 'details':
		case 'filter':
		case 'audit':
			return 'to be asked about';
	}
};

/** Every kind of reason with the number of the sessions that have it: `2 in SyncRep, …`. One of which there is more than one kind in one word is counted once. */
export function taggedReasons(read: Some<Read>, signal: Signal): readonly string[] {
	const counts = new Map<string, number>();
	for (const {reasons} of read)
		for (const words of new Set(reasons.map(({id}) => wordsFor(id, signal))))
			counts.set(words, (counts.get(words) ?? 0) + 1);
	return [...counts].map(([words, count]) => `${count} ${words}`);
}

/** How many the server would refuse, and what the first of them needs. They are asked for all the same: the server has the last word. */
export function notPermitted(
	read: Some<Read>,
	signal: Signal,
	rights: Rights | undefined,
): readonly string[] {
	const whys = read.flatMap(({facts}) => (rights && whyNotSignalled(facts.backend, rights, signal)) ?? []);
	const [why] = whys;
	if (why === undefined) return [];
	const others = new Set(whys).size > 1 ? ', and others' : '';
	return [`${whys.length} not permitted: ${why}${others}`];
}
