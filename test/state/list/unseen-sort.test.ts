import {expect, test} from 'vitest';
import {unseenSort} from '../../../source/state/list/unseen-sort.js';
import {backend} from '../../helpers/state/backend.js';
import {down, play} from '../../helpers/state/play.js';

const sortedByApp = () => {
	let so = play().picture([backend(1)]);
	while (so.state.screen.sort.column !== 'application') so = so.types('<');
	return so;
};

test('that the list is sorted by a column which is not shown is said as long as nothing else is', () => {
	const sorted = sortedByApp();
	expect(sorted.status()).toMatch(/^sorted by APP: application_name/);
	const later = sorted.types(down);
	expect(later.status()).toBe('sorted by APP, a column that has no room here');
	expect(later.picture([backend(1)]).status()).toBe('sorted by APP, a column that has no room here');
	expect(later.types('R').types(down).status()).toBe(
		'sorted by APP, reversed, a column that has no room here',
	);
});

test('where the column is shown nothing is said', () => {
	const wide = sortedByApp()
		.types(down)
		.does({type: 'resized', size: {columns: 112, rows: 24}});
	expect(wide.status()).toBe('');
	expect(unseenSort(play().state)).toBeUndefined();
	expect(unseenSort(play({columns: ['pid', 'query']}).state)).toMatch(/^sorted by TIME, a column /);
});
