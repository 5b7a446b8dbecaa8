/** What is of use on a thrown thing, whatever that is. */
export type Thrown = {
	readonly [Name in 'message' | 'code' | 'detail' | 'severity' | 'routine' | 'syscall' | 'kind']?: string;
};

const fields = ['message', 'code', 'detail', 'severity', 'routine', 'syscall', 'kind'] as const;

/** Takes texts only: a DOMException has a number for its code, and anybody may throw anything. */
export const thrownOf = (error: unknown): Thrown => {
	if (typeof error !== 'object' || error === null) return {message: String(error)};
	const thrown = error as Readonly<Record<string, unknown>>;
	return Object.fromEntries(
		fields.flatMap(name => (typeof thrown[name] === 'string' ? [[name, thrown[name]]] : [])),
	);
};
