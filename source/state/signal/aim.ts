import type {Aimed, Ordered} from '../../domain/signal/aimed.js';
import type {Signal} from '../../domain/signal/target.js';
import type {Reason} from '../../domain/signal/verdict/reason.js';
import type {Some} from '../../domain/some.js';

/** What a key does once nothing has followed it, to one session or to many. */
export type Aim =
	| {
			readonly type: 'send';
			readonly ordered: Some<Ordered>;
			readonly isUnrecorded?: true;
			readonly isTagged?: true;
	  }
	| {
			readonly type: 'ask';
			readonly signal: Signal;
			readonly aimed: Some<Aimed>;
			/** Reasons that have to do with pgtop, not with the sessions. */
			readonly others: readonly Reason[];
			/** They were tagged. */
			readonly isTagged?: true;
	  };
