import type {Limits, Snapshot} from '../../../source/domain/server/snapshot.js';

/** As a server has them whose settings nobody has changed. */
export const usualLimits: Limits = {
	reservedConnections: 3,
	autovacuumWorkers: 3,
	freezeMaxAge: 200_000_000,
	multixactFreezeMaxAge: 400_000_000,
	failsafeAge: 1_600_000_000,
	multixactFailsafeAge: 1_600_000_000,
};

/** What else a picture has of a primary where nothing is wrong. */
export const healthy = {
	limits: usualLimits,
	nextXid: 1_000_000_000,
	walBytes: 5_000_000,
	wraparound: [{database: 'shop', xidAge: 150_000_000, multixactAge: 100_000}],
	slots: [],
	standbys: [],
	archiver: {mode: 'off', failures: 0},
	prepared: [],
	vacuums: [],
	locks: {rows: [], serverMs: 0.5},
} satisfies Partial<Snapshot>;
