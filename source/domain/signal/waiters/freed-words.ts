import {pidWords} from '../../locks/words/frees-words.js';
import type {Freed} from './freed.js';

/** How many do not wait any more: `3 went on`; of those that are not there any more nobody knows why: `1 gone`. */
export const wentOnWords = ({wentOn, gone = 0}: Freed): string =>
	`${wentOn === 0 ? 'nobody' : wentOn} went on${gone === 0 ? '' : `, ${gone} gone`}`;

/** How many still wait, and for whom, or behind whom: `3 wait for 4388`; undefined where nobody does. */
export function stillWaitWords({stillWait, waitFor, isBehind}: Freed): string | undefined {
	if (stillWait === 0) return undefined;
	const verb = stillWait === 1 ? 'waits' : 'wait';
	return waitFor === undefined
		? `${stillWait} still ${verb}`
		: `${stillWait} ${verb} ${isBehind ? 'behind' : 'for'} ${pidWords(waitFor)}`;
}

/** What became of those who had waited: `1 went on, 3 wait for 4388`. */
export function freedWords(freed: Freed): string {
	const still = stillWaitWords(freed);
	return `${wentOnWords(freed)}${still === undefined ? '' : `, ${still}`}`;
}
