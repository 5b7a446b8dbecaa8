import {type Missing, type Part, parts, type Snapshot} from '../domain/server/snapshot.js';
import {faultOf} from './failures/errors.js';
import type {Hello} from './hello.js';
import {backendsText, toBackend} from './queries/backends.js';
import {countersQuery} from './queries/counters.js';
import {firstClock, lastClock, recoveryQuery, selfQuery, startQuery, zoneQuery} from './queries/facts.js';
import {numberOf} from './queries/integer.js';
import {type Names, remember} from './queries/names.js';
import type {Cells, Query} from './queries/query.js';
import type {Session} from './session.js';

/** The parts that are statements of their own; the others are columns of the list. */
const queries = {
	recovery: recoveryQuery,
	start: startQuery,
	zone: zoneQuery,
	self: selfQuery,
	counters: countersQuery,
} as const satisfies {readonly [Name in Part]?: Query<unknown>};

type Statement = keyof typeof queries;

const isStatement = (part: Part): part is Statement => part in queries;

export type Sampling = {
	readonly session: Session;
	readonly told: Hello;
	readonly names: Names;
	/** Whether a refresh may keep itself out of the server's log. When one is denied that, it becomes false. */
	isUnlogged: boolean;
	/** How often a refresh of our own was broken off for a signal. */
	interrupts: number;
	/** The last refresh failed as a whole. Until one works again, less is asked, and less is logged. */
	isFailing: boolean;
};

/**
Takes a picture with these parts, in one round trip.

When that fails, the parts that fail by themselves are left out. The picture names them, so that the caller does not ask for them again too soon.
*/
export async function sample(sampling: Sampling, wanted: readonly Part[]): Promise<Snapshot> {
	const {interrupts} = sampling;
	// A refresh that was broken off must end: the signal waits for that.
	const isOver = (error: unknown) =>
		sampling.interrupts !== interrupts || ['lost', 'timeout'].includes(faultOf(error).kind);
	try {
		if (sampling.isFailing) await take(sampling, []);
		sampling.isFailing = false;
		return await take(sampling, wanted);
	} catch (error) {
		if (sampling.isFailing || isOver(error)) throw error;
		if (sampling.isUnlogged && faultOf(error).kind === 'denied') {
			sampling.isUnlogged = false;
			return sample(sampling, wanted);
		}

		// Where this fails as well, no part is to blame.
		sampling.isFailing = true;
		await take(sampling, []);
		sampling.isFailing = false;
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

async function take(sampling: Sampling, wanted: readonly Part[]): Promise<Snapshot> {
	const {session, told, names, isUnlogged} = sampling;
	const {major, encoding, version, maxConnections} = told;
	const asked = parts.filter(isStatement).filter(part => wanted.includes(part));
	const {results} = await session.batch(
		[firstClock, backendsText(major, wanted), ...asked.map(part => queries[part].text(major)), lastClock],
		isUnlogged,
	);
	const [[first] = [], backendRows = [], ...others] = results;
	remember(names, backendRows, encoding);
	const read = <Value>(part: Statement, query: Query<Value>): Value | undefined => {
		const rows: readonly Cells[] | undefined = others[asked.indexOf(part)];
		return rows && query.read(rows, encoding);
	};
	const [role, startedAt, zone] = [
		read('recovery', recoveryQuery),
		read('start', startQuery),
		read('zone', zoneQuery),
	];
	names.self = read('self', selfQuery) ?? names.self;
	const counters = read('counters', countersQuery);
	const at = numberOf(results.at(-1)?.[0]?.[0]);
	return {
		at,
		serverMs: (at - numberOf(first?.[0])) / 1000,
		ownPid: numberOf(first?.[1]),
		server: {
			version,
			major,
			maxConnections,
			...names.self,
			...(role && {role}),
			...(startedAt !== undefined && {startedAt}),
			...(zone && {zone}),
		},
		backends: backendRows.map(row => toBackend(row, told, names, wanted)),
		...(counters && {counters}),
		missing: [],
	};
}
