/** How a pattern is compiled: never minding case, and by code points where it allows that. Throws what the engine says of a bad one. */
export function regexFlags(pattern: string): 'iu' | 'i' {
	try {
		new RegExp(pattern, 'iu');
		return 'iu';
	} catch {
		new RegExp(pattern, 'i');
		return 'i';
	}
}
