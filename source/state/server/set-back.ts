import type {Snapshot} from '../../domain/server/snapshot.js';
import {uptime} from '../../domain/text/format.js';
import type {State} from '../state.js';

/** Clocks are corrected all the time: no more than this is worth a sentence; in microseconds. */
const usual = 1_000_000;

/** What is said of a picture with an earlier clock than the one before, of the same server. */
export function setBackWords({server}: State, {at}: Snapshot, now: number): string | undefined {
	const {snapshot, receivedAt} = server;
	if (!snapshot || snapshot.at - at <= usual) return undefined;
	// Meanwhile it should have gone on.
	const by = snapshot.at - at + (now - receivedAt) * 1000;
	return `the server's clock was set back by ${uptime(Math.round(by / 1e6) * 1e6)}: ages of what began before are ?`;
}
