import {faultOf} from './failures/errors.js';

/** The first of these ways that the server does not refuse, and what it gives. */
export async function firstAllowed<Way, Value>(
	ways: readonly Way[],
	ask: (way: Way) => Promise<Value>,
): Promise<{readonly way: Way; readonly value: Value}> {
	let refusal: unknown;
	for (const way of ways) {
		try {
			return {way, value: await ask(way)};
		} catch (error) {
			if (!['denied', 'missing'].includes(faultOf(error).kind)) throw error;
			refusal = error;
		}
	}

	throw refusal;
}
