import type {Line, Span} from '../../line.js';

/** A bar of exactly `cells` cells, filled from the left by this share of it, 0 to 1. ASCII: `[####------]`. */
export function gauge(
	share: number,
	cells: number,
	isAscii: boolean,
	styles: Span['styles'] = undefined,
): Line {
	const room = isAscii ? cells - 2 : cells;
	const halves = Math.max(0, Math.min(2 * room, Math.floor(share * 2 * room)));
	const whole = Math.floor(halves / 2);
	const filled = isAscii ? '#'.repeat(whole) : '█'.repeat(whole) + (halves % 2 === 1 ? '▌' : '');
	const empty = (isAscii ? '-' : '·').repeat(room - filled.length);
	const bar = [styled(filled, styles), styled(empty, ['dim'])];
	return (isAscii ? [{text: '['}, ...bar, {text: ']'}] : bar).filter(({text}) => text !== '');
}

const styled = (text: string, styles: Span['styles']): Span => (styles ? {text, styles} : {text});
