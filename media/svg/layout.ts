/** Of a terminal, in cells. */
export type Size = {readonly columns: number; readonly rows: number};

export const font = {
	families: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace",
	size: 14,
};

export const cell = {width: 8.4, height: 19, baseline: 14};

/** Around the cells: at the top is the bar of the window. */
export const margin = {top: 44, side: 16, bottom: 14};

/** The upper edge of a line of the screen. */
export const topOf = (row: number) => margin.top + row * cell.height;

export const round = (value: number) => Math.round(value * 100) / 100;

export const escapeXml = (text: string) =>
	text.replace(/[&<>]/g, character => ({'&': '&amp;', '<': '&lt;', '>': '&gt;'})[character] ?? '');
