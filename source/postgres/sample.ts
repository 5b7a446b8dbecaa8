import type {Missing, Part, ServerFacts, Snapshot} from '../domain/server/snapshot.js';
import type {IdleTexts} from '../ports/source.js';
import {faultOf} from './failures/errors.js';
import type {Hello} from './hello.js';
import {type PartTable, statedIn} from './parts.js';
import {backendsText} from './queries/backends.js';
import {numberOf} from './queries/integer.js';
import {firstClock, lastClock} from './queries/parts/facts.js';
import type {Fields} from './queries/query.js';
import type {Sharing} from './queries/share-backends.js';
import {lockedCatalogueText, lockedWords} from './queries/signal/locked-catalogue.js';
import {rowsOf, type Session} from './session.js';

export type Sampling = {
	readonly session: Session;
	readonly told: Hello;
	readonly table: PartTable;
	readonly sharing: Sharing;
	/** What parts gave last, where a picture that does not ask for them has it all the same. */
	readonly kept: Map<Part, Fields>;
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
export async function sample(
	sampling: Sampling,
	wanted: readonly Part[],
	idleTexts: IdleTexts,
): Promise<Snapshot> {
	const {interrupts} = sampling;
	// A refresh that was broken off must end: the signal waits for that.
	const isOver = (error: unknown) =>
		sampling.interrupts !== interrupts || ['lost', 'timeout'].includes(faultOf(error).kind);
	try {
		if (sampling.isFailing) await take(sampling, []);
		sampling.isFailing = false;
		return await take(sampling, wanted, idleTexts);
	} catch (error) {
		if (sampling.isFailing || isOver(error)) throw error;
		if (sampling.isUnlogged && faultOf(error).kind === 'denied') {
			sampling.isUnlogged = false;
			return sample(sampling, wanted, idleTexts);
		}

		// Where this fails as well, no part is to blame.
		sampling.isFailing = true;
		await take(sampling, []);
		sampling.isFailing = false;
		const missing = await findMissing(sampling, wanted, isOver);
		const left = wanted.filter(part => !missing.some(one => one.part === part));
		return {...(await take(sampling, left, idleTexts)), missing};
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
			const {name, isLasting} = sampling.table[part];
			// What has a pace may have changed since it was read.
			if (!isLasting) sampling.kept.delete(part);
			missing.push({
				part,
				name,
				why: kind === 'locked' ? ((await lockedBy(sampling)) ?? sentence) : sentence,
				isForNow: kind === 'cancelled' || kind === 'locked',
			});
		}
	}

	return missing;
}

/** Who holds the lock that a part has waited for. */
const lockedBy = async ({session}: Sampling): Promise<string | undefined> =>
	session.message(lockedCatalogueText).then(
		reply => lockedWords(rowsOf(reply)),
		() => undefined,
	);

async function take(
	sampling: Sampling,
	wanted: readonly Part[],
	idleTexts: IdleTexts = [],
): Promise<Snapshot> {
	const {session, told, table, sharing, kept, isUnlogged} = sampling;
	const {major, encoding, version, maxConnections} = told;
	const asked = statedIn(table, wanted);
	const {results} = await session.batch(
		[firstClock, backendsText(major, wanted, idleTexts), ...asked.map(({text}) => text(told)), lastClock],
		isUnlogged,
		sharing.begin(),
	);
	const [[first] = [], backendRows = [], ...others] = results;
	const given = new Map(kept);
	for (const [index, {part, every, isLasting, read}] of asked.entries()) {
		const fields = read(others[index] ?? [], encoding);
		given.set(part, fields);
		if (isLasting || every !== undefined) kept.set(part, fields);
	}

	const all = [...given.values()];
	const fields: Fields = Object.assign({}, ...all);
	const server: ServerFacts = Object.assign({version, major, maxConnections}, ...all.map(one => one.server));
	const at = numberOf(results.at(-1)?.[0]?.[0]);
	return {
		...fields,
		at,
		serverMs: (at - numberOf(first?.[0])) / 1000,
		ownPid: numberOf(first?.[1]),
		server,
		backends: sharing.read(backendRows, wanted),
		missing: [],
	};
}
