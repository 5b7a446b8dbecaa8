import {type Signalled, sightingOf} from '../../../source/domain/signal/signalled.js';

/** What was seen of a signal, by its name. */
export const outcomeOf = (signalled: Signalled | undefined) =>
	signalled && sightingOf(signalled)?.outcome.type;
