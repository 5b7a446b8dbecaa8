import type {FieldMatch} from './filter-words.js';

/** Letters are compared as small ones. */
const fold = (text: string) => text.toLowerCase();

/** Whether a text matches, whatever its case. */
export function textTest(match: FieldMatch, text: string): (text: string) => boolean {
	const wanted = fold(text);
	if (typeof match === 'function') return one => match(wanted, fold(one));
	switch (match) {
		case 'inside':
			return insideTest(wanted);
		case 'start':
			return one => fold(one).startsWith(wanted);
		case 'whole':
			return one => fold(one) === wanted;
	}
}

/** Thousands of long texts are searched at each key that is typed: to fold them all takes twice as long as such a regex does. Of long ones the engine makes none. */
function insideTest(wanted: string): (text: string) => boolean {
	if (wanted.length > 1000 || !/^[ -~]*$/.test(wanted)) return text => fold(text).includes(wanted);
	const pattern = new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'i');
	return text => pattern.test(text);
}
