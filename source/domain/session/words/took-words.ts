import type {Micros} from '../../micros.js';
import {age} from '../../text/format.js';
import type {SeenStatement} from '../seen.js';

/** How long a statement ran, by what pictures have shown of it, at most 13 wide: `12ms` `4m12s`; `<2.1s` and `4.1s-6.0s` where its end lies between two of them, and `?` where the server's clock was set back meanwhile. */
export function tookWords({queryStart, lastRun, endedAt, endedBy}: SeenStatement): string {
	if (endedAt !== undefined) return spanWords(endedAt - queryStart);
	const least = lastRun - queryStart;
	if (endedBy === undefined) return least < tenth ? '?' : `>${spanWords(least)}`;
	const most = endedBy - queryStart;
	if (most < 0 || least < 0) return '?';
	if (spanWords(least) === spanWords(most)) return spanWords(most);
	const bound = spanWords(roundedUp(most));
	return least < tenth ? `<${bound}` : `${spanWords(least)}-${bound}`;
}

const tenth = 100_000;

/** To what is shown of it: an upper bound that is rounded down is none. */
const roundedUp = (micros: Micros) => {
	const unit = micros < 100 * tenth ? tenth : 10 * tenth;
	return Math.ceil(micros / unit) * unit;
};

function spanWords(micros: Micros): string {
	if (micros < 0) return '?';
	if (micros < 1000) return '<1ms';
	return micros < tenth ? `${Math.floor(micros / 1000)}ms` : age(micros);
}
