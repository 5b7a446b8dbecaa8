import {expect} from 'vitest';
import {
	type Decoded,
	decode,
	expire,
	type Key,
	nothingPending,
	type Pending,
	pendingUntil,
} from '../../source/terminal/decode.js';

export type Chunk = readonly [at: number, bytes: string | Uint8Array];

export const encode = (bytes: string | Uint8Array) =>
	typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;

/** Feeds reads at their times, and then waits for what is unfinished. */
export function typed(...chunks: readonly Chunk[]): readonly Key[] {
	const keys: Key[] = [];
	let pending: Pending = nothingPending;
	const take = (decoded: Decoded) => {
		keys.push(...decoded.keys);
		pending = decoded.pending;
	};

	for (const [at, bytes] of chunks) {
		const until = pendingUntil(pending);
		if (until !== undefined && until <= at) take(expire(pending, until));
		take(decode(pending, encode(bytes), at));
	}

	const until = pendingUntil(pending);
	if (until !== undefined) take(expire(pending, until));
	expect(pendingUntil(pending)).toBeUndefined();
	return keys;
}

export const names = (...chunks: readonly Chunk[]) => typed(...chunks).map(key => key.name);
