import type {Rates} from '../../domain/server/rates.js';
import type {Snapshot} from '../../domain/server/snapshot.js';
import type {Thresholds} from '../../domain/server/thresholds.js';

/** What the header is made of. */
export type Heading = {
	readonly target: string;
	readonly snapshot?: Snapshot | undefined;
	readonly rates: Rates;
	/** Transactions per second at the last pictures, oldest first. */
	readonly tpsBefore?: readonly (number | undefined)[];
	/** Chosen and in force, in milliseconds; undefined in plain output, which has no bars either. */
	readonly interval?: {readonly chosen: number; readonly inForce: number};
	readonly thresholds: Thresholds;
	readonly isProduction?: boolean;
	readonly isReadOnly: boolean;
	readonly isDryRun?: boolean;
	readonly isAscii?: boolean | undefined;
};
