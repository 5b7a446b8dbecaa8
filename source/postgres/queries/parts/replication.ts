import {micros, numberOf, toClean, toNumber} from '../integer.js';
import type {PartQuery} from '../query.js';
import {bytesBetween, toLsn, walPosition} from './lsn.js';
import {nameIn} from './transactions.js';

export const walQuery: PartQuery = {
	text: () => `
		select ${walPosition}`,
	read([row]) {
		const walBytes = toLsn(row?.[0]);
		return walBytes === undefined ? {} : {walBytes};
	},
};

/** In 13 slots began to tell whether their WAL is still there. */
const firstWithWalStatus = 13;

/** Which of two ids was given out before the other: they go round. */
const olderXid = (one: number | undefined, other: number | undefined): number | undefined =>
	one === undefined || other === undefined ? (one ?? other) : ((one - other) | 0) < 0 ? one : other;

/** The function and not the view, which joins pg_database. */
export const slotsQuery: PartQuery = {
	text: ({major}) => `
		select s.slot_name,
		       s.active,
		       s.restart_lsn,
		       ${walPosition},
		       ${major >= firstWithWalStatus ? 's.wal_status' : 'null'},
		       s.xmin,
		       s.catalog_xmin
		  from pg_get_replication_slots() s`,
	read: rows => ({
		slots: rows.map(([name, isActive, kept, position, status, xmin, catalogXmin]) => {
			const retainedBytes = bytesBetween(toLsn(kept), toLsn(position));
			const walStatus = toClean(status);
			const oldest = olderXid(toNumber(xmin), toNumber(catalogXmin));
			return {
				name: toClean(name) ?? '',
				isActive: isActive === true,
				...(retainedBytes !== undefined && {retainedBytes}),
				...(walStatus !== undefined && {walStatus}),
				...(oldest !== undefined && {xmin: oldest}),
			};
		}),
	}),
};

/** Without a walsender this costs next to nothing: only their own sessions are read, not all of them as in the view. */
export const standbysQuery: PartQuery = {
	text: () => `
		select w.pid,
		       encode(textsend(s.application_name), 'escape'),
		       host(s.client_addr),
		       w.state,
		       w.replay_lsn,
		       ${walPosition},
		       ${micros('w.replay_lag')}
		  from pg_stat_get_wal_senders() w, pg_stat_get_activity(w.pid) s`,
	read: (rows, encoding) => ({
		standbys: rows.map(([pid, application, client, state, replayed, position, lag]) => {
			const [address, words] = [toClean(client), toClean(state)];
			const lagBytes = bytesBetween(toLsn(replayed), toLsn(position));
			const replayLag = toNumber(lag);
			return {
				pid: numberOf(pid),
				name: nameIn(application, encoding) ?? '',
				...(address !== undefined && {client: address}),
				...(words !== undefined && {state: words}),
				...(lagBytes !== undefined && {lagBytes}),
				...(replayLag !== undefined && {replayLag}),
			};
		}),
	}),
};

/** How a standby stands to its primary; elsewhere there is nothing to tell. */
export const receiverQuery: PartQuery = {
	text: () => `
		select pg_is_in_recovery(),
		       ${micros('pg_last_xact_replay_timestamp()')},
		       pg_last_wal_receive_lsn(),
		       pg_last_wal_replay_lsn(),
		       (select r.pid from pg_stat_get_wal_receiver() r)`,
	read([row]) {
		if (row?.[0] !== true) return {};
		const replayedAt = toNumber(row[1]);
		const behind = bytesBetween(toLsn(row[3]), toLsn(row[2]));
		return {
			receiver: {
				isReceiving: toNumber(row[4]) !== undefined,
				...(replayedAt !== undefined && {replayedAt}),
				...(behind !== undefined && {isCaughtUp: behind === 0}),
			},
		};
	},
};

export const archiverQuery: PartQuery = {
	text: () => `
		select current_setting('archive_mode'),
		       ${micros('a.last_archived_time')},
		       ${micros('a.last_failed_time')},
		       a.last_failed_wal,
		       a.failed_count
		  from pg_stat_get_archiver() a`,
	read([row]) {
		if (!row) return {};
		const [archivedAt, failedAt] = [toNumber(row[1]), toNumber(row[2])];
		const failedWal = toClean(row[3]);
		return {
			archiver: {
				mode: toClean(row[0]) ?? '',
				failures: toNumber(row[4]) ?? 0,
				...(archivedAt !== undefined && {archivedAt}),
				...(failedAt !== undefined && {failedAt}),
				...(failedWal !== undefined && {failedWal}),
			},
		};
	},
};
