import {expect, test} from 'vitest';
import {parseFilter} from '../../../source/domain/list/filter/parse-filter.js';
import {widthOf} from '../../../source/domain/text/width.js';
import {filterHelp} from '../../../source/views/sessions/filter-help.js';
import {sessionWords} from '../../../source/views/sessions/filter-words.js';

test.each(filterHelp)('$name can be typed as it stands', ({name}) => {
	expect(parseFilter(name, sessionWords).type).toBe('filter');
});

test('what is said of each fits beside it', () => {
	expect(filterHelp.length).toBeLessThanOrEqual(12);
	for (const {value} of filterHelp) expect(widthOf(value)).toBeLessThanOrEqual(60);
});

test('every field, state and clock is named', () => {
	const whole = filterHelp.map(({name, value}) => `${name} ${value}`).join('\n');
	const states = sessionWords.fields.flatMap(({allowed}) => allowed ?? []);
	const names = [
		...sessionWords.fields.map(({name}) => `${name}:`),
		...states,
		...Object.keys(sessionWords.clocks),
	];
	expect(names.filter(name => !new RegExp(`\\b${name}`, 'i').test(whole))).toEqual([]);
});
