import {Transform} from './packages.js';

/** Lines that are as wide as the terminal already, and painted. Ink lays out one blank for each, so nothing is measured or wrapped anew when they change. */
export function LinesView({lines}: {readonly lines: readonly string[]}) {
	return (
		<Transform transform={(_, index) => lines[index] ?? ''}>
			{Array.from(lines, () => ' ').join('\n')}
		</Transform>
	);
}
