import {bytesOf} from '../bytes-of.js';
import {numberOf, toNumber, toText} from '../integer.js';
import type {PartQuery} from '../query.js';
import {nameIn} from './transactions.js';

const setting = (name: string, isThere = true) => (isThere ? `current_setting('${name}')` : 'null');

/** Each setting is as SHOW says it. */
export const limitsQuery: PartQuery = {
	text: ({major}) => `
		select ${[
			setting('superuser_reserved_connections'),
			setting('reserved_connections', major >= 16),
			setting('autovacuum_max_workers'),
			setting('autovacuum_freeze_max_age'),
			setting('autovacuum_multixact_freeze_max_age'),
			setting('vacuum_failsafe_age', major >= 14),
			setting('vacuum_multixact_failsafe_age', major >= 14),
			setting('max_slot_wal_keep_size', major >= 13),
			`encode(textsend(${setting('synchronous_standby_names')}), 'escape')`,
		].join(',\n\t\t       ')}`,
	read([row], encoding) {
		if (!row) return {};
		const [superusers, reserved, workers, freeze, multixactFreeze, ...later] = row;
		const [failsafeAge, multixactFailsafeAge] = later.slice(0, 2).map(toNumber);
		const slotKeepBytes = bytesOf(toText(later[2]) ?? '');
		const synchronousStandbys = nameIn(later[3], encoding);
		return {
			limits: {
				reservedConnections: numberOf(superusers) + (toNumber(reserved) ?? 0),
				autovacuumWorkers: numberOf(workers),
				freezeMaxAge: numberOf(freeze),
				multixactFreezeMaxAge: numberOf(multixactFreeze),
				...(failsafeAge !== undefined && {failsafeAge}),
				...(multixactFailsafeAge !== undefined && {multixactFailsafeAge}),
				...(slotKeepBytes !== undefined && {slotKeepBytes}),
				...(synchronousStandbys && {synchronousStandbys}),
			},
		};
	},
};
