import type {Move} from './list/move.js';
import {clampTop} from './list/window.js';

/** Which part of a page is chosen, and which line is the first in the window. */
export type Choice = {readonly chosen?: number; readonly top: number};

/** A page of `count` lines that begins with parts of so many lines, of which one can be chosen. */
type Parts = {readonly sizes: readonly number[]; readonly count: number; readonly height: number};

type Span = {readonly from: number; readonly to: number};

/** Where a movement leads. By line it goes from part to part, but through all lines of a long one, and behind the last one from line to line. Only what has a line in the window stays chosen. */
export function moveChoice(choice: Choice, {by, direction}: Move, parts: Parts): Choice {
	if (by === 'line') return byLine(choice, direction, parts);
	if (by === 'page') return scrolled(choice, direction * parts.height, parts);
	const chosen = direction < 0 ? 0 : parts.sizes.length - 1;
	return scrolled({...choice, chosen}, direction * parts.count, parts);
}

function byLine(choice: Choice, direction: 1 | -1, parts: Parts): Choice {
	const {top} = choice;
	const {height} = parts;
	const spans = spansOf(parts);
	const own = choice.chosen === undefined ? undefined : spans[choice.chosen];
	// Others came, and have moved it out of the window: the first movement goes there.
	if (own && !isShown(own, top, height)) return {...choice, top: topFor(own, top, 1, parts)};
	const isRead = own && (direction > 0 ? own.to <= top + height : own.from >= top);
	if (own && !isRead) return scrolled(choice, direction, parts);
	const next = own ? spans.indexOf(own) + direction : shownPart(spans, top, direction, height);
	const span = spans[next];
	return span ? {chosen: next, top: topFor(span, top, direction, parts)} : scrolled(choice, direction, parts);
}

function spansOf({sizes}: Parts): readonly Span[] {
	let to = 0;
	return sizes.map(size => {
		const from = to;
		to += size;
		return {from, to};
	});
}

const isShown = ({from, to}: Span, top: number, height: number) => to > top && from < top + height;

/** The first part in the window by this direction; -1 where none is in it. One that begins there comes before one that only goes on. */
function shownPart(spans: readonly Span[], top: number, direction: number, height: number): number {
	const shown = spans.filter(span => isShown(span, top, height));
	const begun = shown.filter(({from}) => from >= top);
	const span = (begun.length > 0 ? begun : shown).at(direction > 0 ? 0 : -1);
	return span ? spans.indexOf(span) : -1;
}

/** The window moved no further than needed to show a part: of one that is too long, what comes first by this direction. */
function topFor({from, to}: Span, top: number, direction: 1 | -1, {count, height}: Parts): number {
	const above = direction > 0 ? from : Math.max(from, to - height);
	const followed = from < top ? above : to > top + height ? Math.min(from, to - height) : top;
	return clampTop(followed, height, count);
}

/** Moves the window by lines. What is chosen stays so as long as it is in the window. */
function scrolled({chosen, top}: Choice, lines: number, parts: Parts): Choice {
	const {count, height} = parts;
	const moved = clampTop(top + lines, height, count);
	const spans = spansOf(parts);
	const own = chosen === undefined ? undefined : spans[chosen];
	if (chosen !== undefined && own && isShown(own, moved, height)) return {chosen, top: moved};
	const other = shownPart(spans, moved, lines, height);
	return other === -1 ? {top: moved} : {chosen: other, top: moved};
}
