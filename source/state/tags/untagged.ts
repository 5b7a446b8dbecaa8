/** Why sessions are not tagged any more, though no key has untagged them. `unsure`: the server does not tell whether it is the same one. */
export type Untagged = {
	readonly why: 'ended' | 'other server' | 'crash' | 'unsure';
	readonly pids: readonly number[];
};

/** What the status line says of them. */
export function untaggedSentence({why, pids}: Untagged): string {
	const {length} = pids;
	const dropped = `${length} tag${length === 1 ? '' : 's'} dropped`;
	switch (why) {
		case 'ended':
			return length === 1
				? `${pids[0]} has ended: not tagged any more`
				: `${length} tagged sessions have ended`;
		case 'other server':
			return `${dropped}: another server, or it was restarted`;
		case 'crash':
			return `${dropped}: the server crashed, and every session ended`;
		case 'unsure':
			return `${dropped}: the server does not tell whether it is the same one`;
	}
}
