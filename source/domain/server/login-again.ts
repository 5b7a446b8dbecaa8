/** A text that no dump of an object shows: only `reveal` gives it. */
export type Secret = {readonly reveal: () => string};

/** No server takes a longer password, and nobody has one. In bytes; in characters where it is typed. */
export const longestSecret = 65_536;

export const secret = (text: string): Secret => ({reveal: () => text});

/** The password for a new attempt to connect that a person has asked for. */
export type LoginAgain =
	/** One that was not refused yet; without one there is no attempt. */
	| {readonly type: 'unrefused'}
	/** What files, environment and command say now. */
	| {readonly type: 'as told'}
	| {readonly type: 'typed'; readonly password: Secret};
