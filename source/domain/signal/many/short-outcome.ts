import {states} from '../../session/states.js';
import {type Signalled, sightingOf} from '../signalled.js';

/** What came of one among many, in as few words as tell it: what was wanted, what was not, and what is still open. */
export const shortOutcomes = [
	'ended',
	'gone when looked at',
	'cancelled',
	'over when looked at',
	'stopped waiting',
	'ended by k',
	'had ended already',
	'still in transaction',
	'in ClientRead',
	'running the same again',
	'still running',
	/** Several of those before, where there is little room. */
	'still at it',
	'still there',
	"can't be seen",
	'changed',
	'went into SyncRep',
	'held back',
	'too late',
	'denied',
	'not signalled',
	'no such process',
	'gone in the crash',
	'not known',
	'not seen to end',
	'would be refused',
	'not sent',
	'waiting for the answer',
	'to be seen',
] as const;

export type ShortOutcome = (typeof shortOutcomes)[number];

export function shortOutcome(signalled: Signalled): ShortOutcome {
	const outcome = sightingOf(signalled)?.outcome;
	if (!outcome) return signalled.phase.type === 'asked' ? 'waiting for the answer' : 'to be seen';
	switch (outcome.type) {
		case 'ended':
			return outcome.isLate ? 'gone when looked at' : 'ended';
		case 'query ended':
			if (outcome.now === 'in transaction') return 'still in transaction';
			return outcome.isLate ? 'over when looked at' : 'cancelled';
		case 'held back':
			return outcome.reasons.includes('standby') ? 'went into SyncRep' : 'held back';
		case 'failed':
			return 'not signalled';
		case 'still there':
			if (signalled.order.signal === 'terminate') return 'still there';
			if ((outcome.state ?? states.disabled) === states.disabled) return "can't be seen";
			if (outcome.isWithClient) return 'in ClientRead';
			return outcome.isAnew ? 'running the same again' : 'still running';
		case 'crash':
			return 'gone in the crash';
		case 'other server':
			return 'not known';
		case 'not seen':
			return 'not seen to end';
		case 'not sent':
			return outcome.missing === undefined ? 'not sent' : 'would be refused';
		case 'stopped waiting':
		case 'ended by k':
		case 'had ended already':
		case 'changed':
		case 'too late':
		case 'denied':
		case 'no such process':
		case 'not known':
			return outcome.type;
	}
}
