import type {Missing} from '../snapshot.js';
import type {Finding} from './finding.js';

/** What is said of the parts that were left out: once for each reason. */
export function leftOutWords(leftOut: readonly Missing[]): readonly Finding[] {
	const reasons = [...new Set(leftOut.map(({why}) => why))];
	return reasons.map(reason => {
		const parts = leftOut.filter(({why}) => why === reason);
		const isForNow = parts.some(one => one.isForNow);
		return {
			text: `${parts.map(({name}) => name).join(', ')} left out: ${reason}`,
			next: `asked for again ${isForNow ? 'after a minute' : 'on r, with other rights, or after a reconnect'}`,
		};
	});
}
