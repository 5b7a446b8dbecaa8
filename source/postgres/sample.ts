import {type Missing, type Part, parts, type Snapshot} from '../domain/snapshot.js';
import {faultOf} from './errors.js';
import {backendsText, toBackend} from './queries/backends.js';
import {countersQuery} from './queries/counters.js';
import {factsQuery, firstClock, lastClock, recoveryQuery, startQuery} from './queries/facts.js';
import {type Names, remember} from './queries/names.js';
import type {Cells, Query} from './queries/query.js';
import type {Session} from './session.js';

/** The parts that are statements of their own. */
const queries = {recovery: recoveryQuery, start: startQuery, counters: countersQuery} as const;

export type Sampling = {
	readonly session: Session;
	readonly major: number;
	readonly names: Names;
	/** Whether a refresh may keep itself out of the server's log; one that may not any more turns it off. */
	isUnlogged: boolean;
	/** How often a refresh of our own was broken off for a signal. */
	interrupts: number;
};

/**
Takes a picture with these parts, in one round trip.

When it fails those parts that fail by themselves are left out, and told, for the caller not to ask for again too soon.
*/
export async function sample(sampling: Sampling, wanted: readonly Part[]): Promise<Snapshot> {
	const {interrupts} = sampling;
	// A signal waits for the end of a refresh that was broken off for it.
	const isOver = (error: unknown) =>
		sampling.interrupts !== interrupts || ['lost', 'timeout'].includes(faultOf(error).kind);
	try {
		return await take(sampling, wanted);
	} catch (error) {
		if (isOver(error)) throw error;
		if (sampling.isUnlogged && faultOf(error).kind === 'denied') {
			sampling.isUnlogged = false;
			return sample(sampling, wanted);
		}

		if (wanted.length === 0) throw error;
		// Where this fails as well, no part is to blame.
		await take(sampling, []);
		const missing = await findMissing(sampling, wanted, isOver);
		const left = wanted.filter(part => !missing.some(one => one.part === part));
		return {...(await take(sampling, left)), missing};
	}
}

async function findMissing(
	sampling: Sampling,
	wanted: readonly Part[],
	isOver: (error: unknown) => boolean,
): Promise<readonly Missing[]> {
	const missing: Missing[] = [];
	for (const part of wanted) {
		try {
			await take(sampling, [part]);
		} catch (error) {
			if (isOver(error)) throw error;
			const {kind, sentence} = faultOf(error);
			missing.push({part, why: sentence, isForNow: kind === 'cancelled' || kind === 'locked'});
		}
	}

	return missing;
}

async function take(
	{session, major, names, isUnlogged}: Sampling,
	wanted: readonly Part[],
): Promise<Snapshot> {
	const hasNames = wanted.includes('names');
	const asked = parts.flatMap(part => (part !== 'names' && wanted.includes(part) ? [part] : []));
	const {results} = await session.batch(
		[
			firstClock,
			factsQuery.text(major),
			backendsText(major, hasNames),
			...asked.map(part => queries[part].text(major)),
			lastClock,
		],
		isUnlogged,
	);
	const [first, factsRows = [], backendRows = [], ...others] = results;
	const facts = factsQuery.read(factsRows, '');
	if (!facts) throw new Error('the server said nothing of itself');
	const {ownPid, encoding, ...server} = facts;
	if (hasNames) remember(names, backendRows, encoding);
	const read = <Value>(part: keyof typeof queries, query: Query<Value>): Value | undefined => {
		const rows: readonly Cells[] | undefined = others[asked.indexOf(part)];
		return rows && asked.includes(part) ? query.read(rows, encoding) : undefined;
	};
	const [role, startedAt, counters] = [
		read('recovery', recoveryQuery),
		read('start', startQuery),
		read('counters', countersQuery),
	];
	const at = Number(results.at(-1)?.[0]?.[0]);
	return {
		at,
		serverMs: (at - Number(first?.[0]?.[0])) / 1000,
		ownPid,
		server: {...server, ...(role && {role}), ...(startedAt !== undefined && {startedAt})},
		backends: backendRows.map(row => toBackend(row, encoding, names)),
		...(counters && {counters}),
		missing: [],
	};
}
