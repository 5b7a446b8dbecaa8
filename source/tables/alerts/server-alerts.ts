import {ofLast} from '../../domain/of-last.js';
import {archivingAlarm, isArchiving} from '../../domain/server/alarms/archiving-alarm.js';
import type {Finding} from '../../domain/server/alarms/finding.js';
import {horizonAlarm} from '../../domain/server/alarms/horizon-alarm.js';
import {idleAlarm} from '../../domain/server/alarms/idle-alarm.js';
import {blockedAlarm} from '../../domain/server/alarms/locks/blocked-alarm.js';
import {
	goneAlarms,
	lagAlarms,
	pausedAlarm,
	slotAlarms,
} from '../../domain/server/alarms/replication-alarms.js';
import {slotsAlarm} from '../../domain/server/alarms/slots-alarm.js';
import {syncAlarm} from '../../domain/server/alarms/sync-alarm.js';
import {wraparoundAlarm} from '../../domain/server/alarms/wraparound-alarm.js';
import type {Noticed} from '../../domain/server/noticed.js';
import type {Part, Snapshot} from '../../domain/server/snapshot.js';
import type {Thresholds} from '../../domain/server/thresholds.js';
import {spanWords} from '../../domain/text/format.js';
import {pictureOf} from '../../state/picture.js';
import type {State} from '../../state/state.js';
import type {Alert} from './alert.js';
import {withoutParts, withoutPicture, withoutSight} from './unchecked.js';

/** What a picture tells. It may have thousands of sessions, and every frame asks: each picture is looked through once. */
function inPicture(
	alarm: (picture: Snapshot, thresholds: Thresholds, noticed: Noticed) => readonly Finding[],
): Alert['tell'] {
	const told = ofLast(alarm);
	return state => {
		const picture = pictureOf(state);
		return picture ? told(picture, state.settings.thresholds, state.server.noticed) : [];
	};
}

/** Why something can't be checked: the first reason that holds. */
const checked =
	(...reasons: readonly Alert['unchecked'][]): Alert['unchecked'] =>
	state =>
		[withoutPicture, ...reasons].map(why => why(state)).find(why => why !== undefined);

/** These parts were answered; where the server has nothing to tell of a part the picture has it all the same, empty. */
const read =
	(...needed: readonly Exclude<Extract<Part, keyof Snapshot>, 'receiver'>[]): Alert['unchecked'] =>
	state => {
		const picture = pictureOf(state);
		const isThere = picture !== undefined && needed.every(part => picture[part] !== undefined);
		return withoutParts(state, needed) ?? (isThere ? undefined : 'not read yet');
	};

const isStandby = (state: State) => {
	const recovery = pictureOf(state)?.server.recovery;
	return recovery === 'STANDBY' || recovery === 'PAUSED';
};

const withoutRole = (state: State) =>
	pictureOf(state)?.server.recovery === undefined ? 'whether this is a standby is not known' : undefined;

const withoutReceiver = (state: State) => withoutParts(state, ['recovery', 'receiver']);

/** The picture is then as old as somebody wants it. */
const whilePaused = (state: State) =>
	pictureOf(state)?.server.recovery === 'PAUSED' ? 'replay is paused' : undefined;

const onPrimary = (state: State) => (isStandby(state) ? 'to be looked at on the primary' : undefined);

/** This role sees that there are walsenders, and nothing of them. */
const withoutStandbys = (state: State) =>
	(pictureOf(state)?.standbys ?? []).some(one => one.state === undefined)
		? 'this role does not see how standbys stand'
		: undefined;

const withoutArchiving = (state: State) => {
	const picture = pictureOf(state);
	return picture?.archiver && !isArchiving(picture.archiver, picture)
		? 'this server does not archive'
		: undefined;
};

/** What is about to hurt the server, or does, the worst first. */
export const serverAlerts: readonly Alert[] = [
	{
		name: 'blocked',
		tell: inPicture(blockedAlarm),
		unchecked: checked(read('locks')),
		inOrder: ({lockWait}) => `nobody waits for a lock for over ${spanWords(lockWait)}`,
		help: 'a session, or a prepared transaction, holds what others have waited for over 1 s',
	},
	{
		name: 'connections',
		tell: inPicture(slotsAlarm),
		unchecked: checked(read('limits')),
		inOrder: () => 'ordinary roles have connections left',
		help: 'few connections are left for ordinary roles: under 5, or under 5 % of max_connections',
	},
	{
		name: 'wraparound',
		tell: inPicture(wraparoundAlarm),
		unchecked: checked(read('wraparound', 'limits')),
		inOrder: () => 'no database is near wraparound',
		help: 'a database has used 40 % of its transaction or multixact ids, and a tenth more than autovacuum should let it',
	},
	{
		name: 'sync',
		tell: inPicture(syncAlarm),
		unchecked: checked(withoutSight),
		inOrder: ({syncWait}) =>
			`no commit that this role sees has waited for a standby for ${spanWords(syncWait)}`,
		help: 'commits wait for a standby for over 10 s',
	},
	{
		name: 'idle-tx',
		tell: inPicture(idleAlarm),
		unchecked: checked(withoutSight),
		inOrder: ({idleInTransaction}) =>
			`no session is idle in transaction for over ${spanWords(idleInTransaction)}`,
		help: 'a session is idle in transaction for over 5 minutes; red over 30, or when it blocks others',
	},
	{
		name: 'horizon',
		tell: inPicture(horizonAlarm),
		unchecked: checked(onPrimary, read('nextXid', 'vacuums', 'slots', 'prepared'), withoutSight),
		inOrder: () => 'nothing holds the xmin horizon for long',
		help: 'a session, slot, prepared transaction or standby keeps VACUUM from cleaning up, for 10 million transactions, or a session for an hour',
	},
	{
		name: 'slot',
		tell: inPicture(slotAlarms),
		unchecked: checked(read('slots', 'limits')),
		inOrder: () => 'no replication slot keeps too much WAL, and none is lost',
		help: 'a replication slot keeps over 10 GB of WAL, or half of max_slot_wal_keep_size, or has lost some',
	},
	{
		name: 'replay',
		tell: inPicture(pausedAlarm),
		unchecked: checked(withoutRole),
		inOrder: () => 'no replay is paused here',
		help: 'replay is paused on this standby',
	},
	{
		name: 'lag',
		tell: inPicture(lagAlarms),
		unchecked: checked(read('standbys'), withoutReceiver, whilePaused, withoutStandbys),
		inOrder: ({standbyLag}) => `nothing that replicates is seen to be over ${spanWords(standbyLag)} behind`,
		help: 'a standby, or this one, is over 30 s behind',
	},
	{
		name: 'gone',
		tell: inPicture((picture, _, noticed) => goneAlarms(picture, noticed)),
		unchecked: checked(read('standbys'), withoutStandbys),
		inOrder: () => 'no standby has gone while pgtop looked',
		help: 'a standby that streamed before in this run does not any more',
	},
	{
		name: 'archiving',
		tell: inPicture(archivingAlarm),
		unchecked: checked(read('archiver'), withoutRole, withoutArchiving),
		inOrder: () => 'archiving works, or had nothing to do',
		help: 'the last try to archive WAL has failed',
	},
];
