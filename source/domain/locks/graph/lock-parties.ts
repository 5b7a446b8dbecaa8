import type {Micros} from '../../micros.js';
import type {RowId} from '../../row-id.js';
import type {Snapshot} from '../../server/snapshot.js';
import type {Backend} from '../../session/backend.js';
import {preparedId} from '../prepared-session.js';
import type {LockParty} from './lock-party.js';

/** Finds the party of a pid, or of the virtual transaction of a prepared one: the same object each time. */
export type Parties = {
	ofPid(pid: number): LockParty;
	ofPrepared(virtualTransaction: string): LockParty;
	/** The backend of a pid, where the picture has it: locks are read a moment later. */
	backendOf(pid: number): Backend | undefined;
};

/** In 13 parallel workers began to tell their leader. Before, a worker has the start of its leader's transaction. */
function leaderOf(
	backend: Backend,
	byPid: ReadonlyMap<number, Backend>,
	leaders: () => ReadonlyMap<string, Backend>,
) {
	if (backend.leaderPid !== undefined) return byPid.get(backend.leaderPid) ?? backend;
	const mayBeWorker = backend.kind === 'parallel worker' || backend.kind === 'background worker';
	return (mayBeWorker && leaders().get(transactionOf(backend))) || backend;
}

const transactionOf = ({xactStart, database}: Backend) => `${xactStart ?? '-'} ${database ?? ''}`;

export function lockParties({
	backends,
	prepared = [],
	locks,
}: Pick<Snapshot, 'backends' | 'prepared' | 'locks'>): Parties {
	const byPid = new Map(backends.map(backend => [backend.pid, backend]));
	let byTransaction: Map<string, Backend> | undefined;
	const leaders = () => {
		byTransaction ??= new Map(
			backends.filter(({kind}) => kind === 'client').map(backend => [transactionOf(backend), backend]),
		);
		return byTransaction;
	};

	const parties = new Map<RowId, LockParty>();
	const party = (id: RowId, pid: number, xactStart: Micros | undefined): LockParty => {
		const known = parties.get(id);
		if (known) return known;
		const made = {id, pid, ...(xactStart !== undefined && {xactStart}), holds: [], waits: []};
		parties.set(id, made);
		return made;
	};

	// A prepared transaction keeps only the virtual transaction of the session that prepared it: the transaction ids that it holds lead to its name.
	const byXid = new Map(prepared.map(one => [one.xid, one]));
	const byVirtual = new Map(
		(locks?.rows ?? []).flatMap(({type, xid, prepared: virtual = []}) => {
			const found = type === 'transactionid' && xid !== undefined ? byXid.get(xid) : undefined;
			return found ? virtual.map(one => [one, found] as const) : [];
		}),
	);

	return {
		ofPid(pid) {
			const backend = byPid.get(pid);
			if (!backend) return party(`pid ${pid}` as RowId, pid, undefined);
			const leader = leaderOf(backend, byPid, leaders);
			return party(leader.id, leader.pid, leader.xactStart);
		},
		ofPrepared(virtualTransaction) {
			const found = byVirtual.get(virtualTransaction);
			return found
				? party(preparedId(found), 0, found.preparedAt)
				: party(`prepared ${virtualTransaction}` as RowId, 0, undefined);
		},
		backendOf: pid => byPid.get(pid),
	};
}

/** The oldest transaction first, then the smallest pid; where nobody can tell, last. */
export const byAge = (one: LockParty, other: LockParty): number =>
	(one.xactStart ?? Infinity) - (other.xactStart ?? Infinity) || one.pid - other.pid || 0;
