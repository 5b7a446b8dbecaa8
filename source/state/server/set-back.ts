import type {Snapshot} from '../../domain/server/snapshot.js';
import {uptime} from '../../domain/text/format.js';
import {pictureOf} from '../picture.js';
import type {State} from '../state.js';

/** Clocks are corrected all the time: only more than this is worth a sentence. In microseconds. */
const usual = 1_000_000;

/** What is said when a picture has an earlier clock than the one before, and both are from the same server. */
export function setBackWords(state: State, {at}: Snapshot, now: number): string | undefined {
	const snapshot = pictureOf(state);
	const {receivedAt} = state.server;
	if (!snapshot || snapshot.at - at <= usual) return undefined;
	// Since the last picture the clock should have gone on.
	const by = snapshot.at - at + (now - receivedAt) * 1000;
	return `the server's clock was set back by ${uptime(Math.round(by / 1e6) * 1e6)}: ages of what began before are ?`;
}
