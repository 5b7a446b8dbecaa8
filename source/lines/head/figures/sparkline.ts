import {tpsKept} from '../../../domain/server/rates.js';

const perCell = tpsKept.inCell;
const sparkCells = tpsKept.pictures / perCell;

const signs = '▁▂▃▄▅▆▇█';
const asciiSigns = '_.:|';

/**
How a value has moved, the newest at the right: a cell is the mean of six pictures, blank where none of them had a value.

The cells keep their pictures, and move only when a new one begins. And the scale is a round number: so little changes from picture to picture.
*/
export function sparkline(values: readonly (number | undefined)[], isAscii: boolean): string {
	const newest = values.length % perCell || perCell;
	const means = Array.from({length: sparkCells}, (_, back) => {
		const end = back === 0 ? values.length : values.length - newest - (back - 1) * perCell;
		const start = end - (back === 0 ? newest : perCell);
		return meanOf(values.slice(Math.max(0, start), Math.max(0, end)));
	}).reverse();
	const scale = roundUp(Math.max(0, ...means.map(mean => mean ?? 0)));
	const levels = isAscii ? asciiSigns : signs;
	return means
		.map(mean => {
			if (mean === undefined) return ' ';
			const level = scale === 0 ? 0 : Math.ceil((mean / scale) * levels.length) - 1;
			return levels[Math.max(0, level)];
		})
		.join('');
}

function meanOf(values: readonly (number | undefined)[]): number | undefined {
	const told = values.filter(value => value !== undefined);
	return told.length === 0 ? undefined : told.reduce((sum, value) => sum + value, 0) / told.length;
}

/** The next of 1, 2, 5, 10, 20, … */
function roundUp(value: number): number {
	if (value <= 0) return 0;
	const power = 10 ** Math.floor(Math.log10(value));
	return ([1, 2, 5].find(step => step * power >= value) ?? 10) * power;
}
