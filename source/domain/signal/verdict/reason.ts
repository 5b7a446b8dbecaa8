/** Reasons to ask that may come after the picture. The server sends no signal when there is one that nobody was asked about. */
export const guardedReasons = ['standby', 'index', 'statement', 'comment'] as const;

export type GuardedReason = (typeof guardedReasons)[number];

/** Why a key needs a question first. */
export type Reason = {
	readonly id:
		| GuardedReason
		| 'rights'
		| 'kind'
		| 'backup'
		| 'state'
		| 'unread'
		| 'details'
		| 'filter'
		| 'audit';
	readonly text: string;
	/** For where there is little room: 38 cells at most. */
	readonly short: string;
};

export const isGuarded = (id: string): id is GuardedReason => guardedReasons.some(reason => reason === id);

/** What a person was asked about who has read this reason. Two go together, because progress and text tell of the same command. */
export const askedBy = ({id}: Reason): readonly GuardedReason[] =>
	id === 'index' || id === 'statement' ? ['index', 'statement'] : isGuarded(id) ? [id] : [];

/** What is said when the server held a signal back because of a reason. */
export const heldBackBy: Readonly<Record<GuardedReason, string>> = {
	standby: 'it waits for the standby by now',
	index: 'it works CONCURRENTLY by now',
	statement: 'it runs by now what must be asked about',
	comment: 'its command stands behind a comment that the server has cut',
};
