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
	return least < tenth ? `<${spanWords(most)}` : `${spanWords(least)}-${spanWords(most)}`;
}

const tenth = 100_000;

function spanWords(micros: Micros): string {
	if (micros < 0) return '?';
	if (micros < 1000) return '<1ms';
	return micros < tenth ? `${Math.floor(micros / 1000)}ms` : age(micros);
}
