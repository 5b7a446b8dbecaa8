import {fitLine, type Line} from '../line.js';
import {factsOf} from './figures/facts.js';
import {figureLine} from './figures/figure-line.js';
import {rateFigures} from './figures/rate-figures.js';
import {sessionFigures} from './figures/session-figures.js';
import type {Heading} from './heading.js';
import {titleBar} from './title-bar.js';

/** From these widths on there are bars, and longer ones. In cells. */
const [widthForBars, widthForLongBars] = [60, 120];

const gaugeCells = (width: number) => (width < widthForBars ? 0 : width < widthForLongBars ? 10 : 20);

/** The first `count` lines of the header, each exactly `width` cells. */
export function headerLines(heading: Heading, width: number, count: number): readonly Line[] {
	const {snapshot, interval, isAscii = false} = heading;
	const isPlain = interval === undefined;
	const look = {gaugeCells: isPlain ? 0 : gaugeCells(width), isAscii, isTight: isPlain};
	const figures = () => {
		if (!snapshot) return [[], []];
		const facts = factsOf(snapshot, heading.thresholds);
		return [rateFigures(heading, snapshot, facts), sessionFigures(snapshot, facts)].map(of =>
			figureLine(of, look, width),
		);
	};
	const lines = [titleBar(heading, width), ...(count > 1 ? figures() : [])];
	return lines.slice(0, count).map(line => fitLine(line, width));
}
