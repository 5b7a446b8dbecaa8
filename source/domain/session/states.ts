const telling = new Set([
	'active',
	'idle',
	'idle in transaction',
	'idle in transaction (aborted)',
	'fastpath function call',
	'starting',
]);

/** Whether a state tells what a session does: not with track_activities off, nor where pgtop does not know the word. */
export const isTelling = (state: string | undefined) => state !== undefined && telling.has(state);
