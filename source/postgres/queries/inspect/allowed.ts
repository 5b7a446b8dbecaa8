import {faultOf} from '../../failures/errors.js';

/** What the server refuses, and what somebody keeps locked: the rest may be answered all the same. */
const isRefusal = (error: unknown) => ['denied', 'missing', 'locked'].includes(faultOf(error).kind);

/** Asks with all extras. Where that is refused, it asks with as many as are not refused, and tells which. */
export async function askAllowed<Extra, Value>(
	extras: readonly Extra[],
	ask: (extras: readonly Extra[]) => Promise<Value>,
): Promise<{readonly allowed: readonly Extra[]; readonly value: Value}> {
	try {
		return {allowed: extras, value: await ask(extras)};
	} catch (error) {
		if (extras.length === 0 || !isRefusal(error)) throw error;
	}

	// Where this fails as well, no extra is to blame.
	let value = await ask([]);
	let allowed: readonly Extra[] = [];
	for (const extra of extras) {
		try {
			value = await ask([...allowed, extra]);
			allowed = [...allowed, extra];
		} catch (error) {
			if (!isRefusal(error)) throw error;
		}
	}

	return {allowed, value};
}
