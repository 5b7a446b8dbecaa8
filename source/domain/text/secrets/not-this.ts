/** Signs of a password in a mistaken value: a URI, or a password beside a role or a host, has one, percent-encoded too. */
const signOfPassword = /[@:=%]/;

/** Whether a value may be repeated to a person: not when a password may be inside. */
export const mayBeRepeated = (text: string): boolean => !signOfPassword.test(text);

/** The end of a sentence about a value that is not taken. `part` is what is wrong in the value. */
export const notThis = (text: string, part = text): string => (mayBeRepeated(text) ? `, not "${part}"` : '');

/** The same where a number is expected: anything else may be a password, as in `-pSECRET`, and is not repeated. */
export const notThisNumber = (text: string, part = text): string =>
	/^[-+\d,\s]*$/.test(text) ? `, not "${part}"` : '';
