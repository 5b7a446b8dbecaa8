/** The longest word that may be a slip, in UTF-16 units: nobody mistypes a key by a page. */
const longestWord = 40;

const plain = (word: string) => word.toLowerCase().replaceAll('_', '-');

/** How many letters have to be changed, added or left out to make one word of the other. */
function distance(one: string, other: string): number {
	let above = Array.from({length: other.length + 1}, (_, index) => index);
	for (const [row, letter] of [...one].entries()) {
		const line = [row + 1];
		for (const [column, wanted] of [...other].entries())
			line.push(
				Math.min(
					(line[column] ?? 0) + 1,
					(above[column + 1] ?? 0) + 1,
					(above[column] ?? 0) + (letter === wanted ? 0 : 1),
				),
			);
		above = line;
	}

	return above.at(-1) ?? 0;
}

/** What was meant by a word that is not known, where that is close to one of these. */
export function nearest(word: string, known: readonly string[]): string | undefined {
	if (word.length > longestWord) return undefined;
	const [best] = known
		.map(name => ({name, away: distance(plain(word), plain(name))}))
		.sort((one, other) => one.away - other.away);
	return best && best.away <= Math.min(3, Math.ceil(best.name.length / 3)) ? best.name : undefined;
}
