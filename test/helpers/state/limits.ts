import type {Limits} from '../../../source/domain/server/snapshot.js';

/** As a server has them whose settings nobody has changed. */
export const usualLimits: Limits = {
	reservedConnections: 3,
	autovacuumWorkers: 3,
	freezeMaxAge: 200_000_000,
	multixactFreezeMaxAge: 400_000_000,
	failsafeAge: 1_600_000_000,
	multixactFailsafeAge: 1_600_000_000,
};
