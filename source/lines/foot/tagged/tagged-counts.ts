import {graphWith} from '../../../domain/locks/words/graph-with.js';
import type {Snapshot} from '../../../domain/server/snapshot.js';
import {shortState} from '../../../domain/session/states.js';
import {xactAge} from '../../../domain/session/time.js';
import type {Some} from '../../../domain/some.js';
import {age} from '../../../domain/text/format.js';
import {cut} from '../../../domain/text/width.js';
import type {Read} from '../../../state/signal/question/asked.js';

/** How many users are named. */
const mostUsers = 4;

/** What will be hit, in counts: by state, by user, the oldest transaction, and who waits for them. */
export const taggedCounts = (read: Some<Read>, picture: Snapshot | undefined): readonly string[] => [
	countWords(
		read.map(({facts: {backend}}) => (backend.isVisible ? shortState(backend.state ?? '-') : 'state ?')),
	).join(', '),
	usersOf(read),
	...oldestOf(read),
	...waitersOf(read, picture),
];

/** The most frequent first: `8 idle-tx`, `2 active`. */
function countWords(words: readonly string[]): readonly string[] {
	const counts = new Map<string, number>();
	for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
	return [...counts].sort(([, one], [, other]) => other - one).map(([word, count]) => `${count} ${word}`);
}

/** In cells: what is longer is cut. */
const longestName = 20;

/** A name with other signs could read like a part of the counts. */
const nameOf = (name: string): string => {
	const short = cut(name, longestName);
	return /^[\p{L}\p{N}\p{M}_.@-]+~?$/u.test(short) ? short : `"${short}"`;
};

function usersOf(read: Some<Read>): string {
	const users = read.map(({facts: {backend}}) => nameOf(backend.user ?? backend.type ?? '?'));
	const all = countWords(users);
	const [only] = users;
	if (all.length === 1 && only !== undefined) return read.length === 1 ? `of ${only}` : `all of ${only}`;
	const others = all.length - mostUsers;
	const named = all.slice(0, others === 1 ? mostUsers + 1 : mostUsers).join(', ');
	return others > 1 ? `${named}, +${others} users` : named;
}

function oldestOf(read: Some<Read>): readonly string[] {
	let oldest: {readonly pid: number; readonly age: number} | undefined;
	for (const {facts} of read) {
		const own = xactAge(facts.backend, facts.at);
		if (typeof own === 'number' && own > (oldest?.age ?? -1)) oldest = {pid: facts.backend.pid, age: own};
	}

	return oldest ? [`oldest transaction ${age(oldest.age)} of ${oldest.pid}`] : [];
}

/** Those who wait for one of them, directly or behind others, without those who will be hit themselves. */
function waitersOf(read: Some<Read>, picture: Snapshot | undefined): readonly string[] {
	const graph = graphWith(picture, read.find(({facts}) => facts.locks)?.facts.locks);
	if (!graph) return [];
	const own = new Set(read.map(({facts}) => facts.backend.id));
	const waiting = new Set(
		[...own].flatMap(id => ((graph.sights.get(id)?.blocks ?? 0) > 0 ? graph.blockedBy(id) : [])),
	);
	const others = [...waiting].filter(id => !own.has(id)).length;
	return others === 0 ? [] : [`${others} other${others === 1 ? ' waits' : 's wait'} for them`];
}
