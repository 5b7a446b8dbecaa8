/** Breaks the text of a query into lines as its parts want; undefined where it is not understood, or that takes too long. Never rejects. */
export type Format = (text: string) => Promise<string | undefined>;
