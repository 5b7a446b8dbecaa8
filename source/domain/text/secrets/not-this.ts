/** Of a mistaken value: a URI, or a password with a role or a host beside it, has one of these, percent-encoded too. */
const signOfPassword = /[@:=%]/;

/** Whether a value may be repeated to a person: not when it can be one with a password inside. */
export const mayBeRepeated = (text: string): boolean => !signOfPassword.test(text);

/** The end of a sentence on a value that is not taken. `part` is what is wrong in it. */
export const notThis = (text: string, part = text): string => (mayBeRepeated(text) ? `, not "${part}"` : '');

/** The same where a number is expected: anything else may be a password, as in `-pSECRET`, and is not repeated. */
export const notThisNumber = (text: string, part = text): string =>
	/^[-+\d,\s]*$/.test(text) ? `, not "${part}"` : '';
