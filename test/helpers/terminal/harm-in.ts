/** What the program may write besides text: moves and erasures within a frame, colours, modes of the screen, cursor, paste, wrapping and synchronised output, and the line under which the screen is left. */
const own =
	/\u001B\[(?:\d*(?:;\d+)*[A-HJKfm]|\?(?:7|25|1049|2004|2026)[hl])|(?<=\u001B\[9999H)\r?\n(?=\u001B\[\?1049l)|\u001B\]52;c;[A-Za-z\d+/]*=*\u0007/g;

/** What is left of these bytes that could act on a terminal, or mislead who reads them: not UTF-8, control characters, what turns the direction or is not seen. */
export function harmIn(bytes: Uint8Array): readonly string[] {
	const text = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
	return text.replace(own, '').match(/[\0-\x1F\x7F-\x9F\p{Cf}\u2028\u2029]/gu) ?? [];
}
