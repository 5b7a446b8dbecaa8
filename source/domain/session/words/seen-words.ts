import type {Micros} from '../../micros.js';
import {age} from '../../text/format.js';
import type {SeenStatement} from '../seen.js';

/** When a statement was seen last, and how long it ran; `>=` where only pictures while it ran tell. */
export function seenWords(
	{text, queryStart, lastRun, endedAt}: SeenStatement,
	at: Micros,
): {readonly ago: string; readonly ran: string; readonly text: string} {
	const until = endedAt ?? lastRun;
	return {
		ago: `${age(at - until)} ago`,
		ran: `${endedAt === undefined ? '>=' : ''}${age(until - queryStart)}`,
		text,
	};
}
