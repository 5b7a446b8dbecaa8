import type {Micros} from '../micros.js';
import type {Backend} from '../session/backend.js';
import type {Inspection} from '../session/inspection.js';
import type {Order} from './target.js';
import type {LockAim} from './waiters/lock-aim.js';

/** A session as it was looked at. */
export type Aimed = {
	readonly backend: Backend;
	/** When, on the server's clock. */
	readonly at: Micros;
	/** When the postmaster of that server had started; absent where this role may not read it. */
	readonly startedAt?: Micros;
};

/** A session as it was read for itself. */
export const aimedAt = ({backend, at, startedAt}: Inspection): Aimed => ({
	backend,
	at,
	...(startedAt !== undefined && {startedAt}),
});

/** What the server is asked to do, and what the person looked at. `locks` is absent where nobody knows of them. */
export type Ordered = {readonly order: Order; readonly aimed: Aimed; readonly locks?: LockAim};
