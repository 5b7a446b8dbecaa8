import type {Backend, Micros} from '../../domain/session/backend.js';
import type {Order, Signal} from '../../domain/signal/target.js';
import type {Reason} from '../../domain/signal/verdict/reason.js';

/** What a lone key does when it has proven to be alone. */
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
			/** Of the picture that it was looked at in. */
			readonly startedAt?: Micros;
			/** Reasons that lie with us, and not with the session. */
			readonly others: readonly Reason[];
	  };
