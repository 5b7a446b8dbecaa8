/** How much GNU screen takes in one string, in bytes. */
const screenTakes = 250;

const pieces = (text: string, size: number) => text.match(new RegExp(`.{1,${size}}`, 'gs')) ?? [];

/** The sequence that gives a text to the terminal's clipboard. GNU screen hands on what stands in strings of its own. */
export function osc52(text: string, isInScreen: boolean): string {
	const sequence = `\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`;
	if (!isInScreen) return sequence;
	return pieces(sequence, screenTakes)
		.map(piece => `\u001BP${piece}\u001B\\`)
		.join('');
}
