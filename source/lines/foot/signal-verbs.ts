import type {Signal} from '../../domain/signal/target.js';

/** How a question names a signal: in its title, and for a yes. */
export const signalVerbs: Readonly<Record<Signal, {readonly asks: string; readonly yes: string}>> = {
	cancel: {asks: 'cancel the query of', yes: 'cancel'},
	terminate: {asks: 'end the session of', yes: 'end'},
};
