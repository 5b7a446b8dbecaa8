/** A text that no dump of an object shows: only `reveal` gives it. */
export type Secret = {readonly reveal: () => string};

/** No server takes a longer password, and nobody has one. In bytes; in characters where it is typed. */
export const longestSecret = 65_536;

export const secret = (text: string): Secret => ({reveal: () => text});
