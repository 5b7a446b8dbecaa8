import {Text} from 'ink';
import {type Line, paint} from '../lines/line.js';

type Props = {readonly lines: readonly Line[]; readonly isColoured: boolean};

/** Lines that are as wide as the terminal already: one Text each, and never wrapped. */
export function LinesView({lines, isColoured}: Props) {
	return lines.map((line, index) => (
		// biome-ignore lint/suspicious/noArrayIndexKey: a line of the screen is what its number says, whatever stands in it
		<Text key={index} wrap='truncate'>
			{paint(line, isColoured)}
		</Text>
	));
}
