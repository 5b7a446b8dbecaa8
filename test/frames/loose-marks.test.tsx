import {describe, expect, test} from 'vitest';
import {widthOf} from '../../source/domain/text/width.js';
import {frameOf} from './render-app.js';
import {scenes} from './scenes.js';

describe('what joins the letter before it, where it comes first', () => {
	// A name may begin with any of these, and a style begins there: a Thai vowel, a Bengali one, a mark of half width, an accent.
	test.each([
		['\u0E33', '␦'],
		['\u09BE', '␦'],
		['\uFF9E', '␦'],
		['\u0301', ''],
	])('%j is drawn as %j, and the title is as wide as the terminal', (mark, drawn) => {
		const {state} = scenes.ten?.({columns: 80, rows: 24}) ?? {};
		if (!state) throw new Error('there is no such scene');
		const {text} = frameOf({...state, settings: {...state.settings, target: `${mark}app`}});
		const [title = ''] = text.split('\n');
		expect(title).toMatch(new RegExp(`^ ?pgtop ${drawn}app `));
		expect(widthOf(title)).toBe(80);
	});
});
