import type {Backend, Micros} from '../../domain/session/backend.js';
import type {Order, Signal} from '../../domain/signal/target.js';
import type {Reason} from '../../domain/signal/verdict/reason.js';

/** What a key does once nothing has followed it. */
export type Aim =
	| {
			readonly type: 'send';
			readonly order: Order;
			readonly backend: Backend;
			readonly at: Micros;
			readonly isUnrecorded?: true;
	  }
	| {
			readonly type: 'ask';
			readonly signal: Signal;
			readonly backend: Backend;
			/** When the postmaster had started, by the picture in which the session was looked at. */
			readonly startedAt?: Micros;
			/** Reasons that have to do with pgtop, not with the session. */
			readonly others: readonly Reason[];
	  };
