/** A text that no dump shows: it has to be asked for. */
export type Secret = {readonly reveal: () => string};

export const secret = (text: string): Secret => ({reveal: () => text});

/** With which password a connection is tried again that a person has asked for. */
export type LoginAgain =
	/** With one that was not refused yet; without any it is not tried. */
	| {readonly type: 'unrefused'}
	/** With what files, environment and command say now. */
	| {readonly type: 'as told'}
	| {readonly type: 'typed'; readonly password: Secret};
