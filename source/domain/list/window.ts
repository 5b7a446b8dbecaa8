/** How the lines of the screen are shared out. */
export type Layout = {
	readonly headerLines: number;
	readonly hasAlertLine: boolean;
	readonly hasFooter: boolean;
	/** Lines of the pane under the sessions, its frame among them; 0 where there is none. */
	readonly paneLines: number;
	/** Lines for sessions, under the column titles. */
	readonly tableLines: number;
};

export const smallest = {columns: 40, rows: 10};

export type Size = {readonly columns: number; readonly rows: number};

export const isTooSmall = ({columns, rows}: Size) => columns < smallest.columns || rows < smallest.rows;

const linesOfPane = 9;

/** From how many lines on there can be a pane, and there is one where nobody has said anything. */
export const paneFrom = {asked: 22, unasked: 34};

/** Fixed lines, so that rows never jump: the height of the terminal decides, and whether somebody wants the pane. */
export function layoutFor(rows: number, showsPane = rows >= paneFrom.unasked): Layout {
	const isTall = rows >= 16;
	const hasFooter = rows >= 12;
	const headerLines = isTall ? 3 : 1;
	const others = headerLines + (isTall ? 1 : 0) + 1 + 1 + (hasFooter ? 1 : 0);
	const paneLines = showsPane && rows >= paneFrom.asked ? linesOfPane : 0;
	const tableLines = Math.max(1, rows - others - paneLines);
	return {headerLines, hasAlertLine: isTall, hasFooter, paneLines, tableLines};
}

export const isInWindow = (index: number, top: number, height: number) =>
	index >= top && index < top + height;

/** The first line of the window, moved no further than needed to show line `index` of `count`. */
export function scrollTo(top: number, index: number, height: number, count: number): number {
	const followed = index < top ? index : index >= top + height ? index - height + 1 : top;
	return clampTop(followed, height, count);
}

export const clampTop = (top: number, height: number, count: number) =>
	Math.max(0, Math.min(top, count - height));

/** Lines for an overlay: all but its title, the status line and the footer. */
export const pageLines = (rows: number) => Math.max(1, rows - 2 - (layoutFor(rows).hasFooter ? 1 : 0));
