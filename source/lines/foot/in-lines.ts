import {widthOf} from '../../domain/text/width.js';
import {wrap} from '../../domain/text/wrap.js';

/** No part goes over from one line into the next, where that takes no more lines. */
export function inLines(parts: readonly string[], width: number, who = ''): readonly string[] {
	const broken = wrap(`${who}${parts.join('  ')}`, width);
	const whole: string[] = [];
	for (const part of parts) {
		const last = whole.at(-1);
		const longer = last === undefined ? `${who}${part}` : `${last}  ${part}`;
		if (last === undefined) whole.push(longer);
		else if (widthOf(longer) > width) whole.push(part);
		else whole[whole.length - 1] = longer;
	}

	return whole.length <= broken.length && whole.every(line => widthOf(line) <= width) ? whole : broken;
}
