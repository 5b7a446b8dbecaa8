import fc from 'fast-check';
import {expect, test} from 'vitest';
import {type EditedLine, edited, lineWith} from '../../../../source/domain/text/typed/edited-line.js';

const press = (line: EditedLine, ...names: readonly string[]) =>
	names.reduce((so, name) => edited(so, {name, ...(name.length === 1 && {text: name})}), line);

/** The line with `|` where the cursor is. */
const shown = ({text, at}: EditedLine) => `${text.slice(0, at)}|${text.slice(at)}`;

test.each([
	[['a', 'b'], 'xya bab|'],
	[['backspace'], 'xya |'],
	[['left', 'left', 'q'], 'xyaq| b'],
	[['home', 'delete'], '|ya b'],
	[['home', 'right', 'ctrl-k'], 'x|'],
	[['left', 'ctrl-u'], '|b'],
	[['ctrl-w'], 'xya |'],
	[['ctrl-a', 'ctrl-f', 'ctrl-d', 'ctrl-e', 'ctrl-h'], 'xa |'],
	[['down', 'f5', 'ctrl-x', 'alt-b'], 'xya b|'],
])('%j edit a line as in a shell', (keys, after) => {
	expect(shown(press(lineWith('xya b'), ...keys))).toBe(after);
});

test('a letter of several characters goes at one key, and the cursor steps over it', () => {
	const line = lineWith('a👨‍👩‍👧e\u0301');
	expect(shown(press(line, 'backspace'))).toBe('a👨‍👩‍👧|');
	expect(shown(press(line, 'left', 'left'))).toBe('a|👨‍👩‍👧e\u0301');
	expect(shown(press(line, 'home', 'right', 'delete'))).toBe('a|e\u0301');
});

test('of a paste the first line with text is taken, without control characters', () => {
	const line = edited(lineWith('user:'), {name: 'paste', text: '\n\na\tp\u0007i\nk'});
	expect(shown(line)).toBe('user:a pi|');
});

test('a key that changes nothing gives the same line', () => {
	const line = lineWith('api');
	for (const name of ['right', 'end', 'delete', 'up', 'unknown']) expect(edited(line, {name})).toBe(line);
});

test('whatever is pressed, the cursor stands in the line, and the line has an end', () => {
	const key = fc.oneof(
		fc
			.constantFrom('left', 'right', 'home', 'end', 'backspace', 'delete', 'ctrl-u', 'ctrl-k', 'ctrl-w')
			.map(name => ({name})),
		fc.string({unit: 'grapheme', maxLength: 3}).map(text => ({name: text, text})),
		fc.string({unit: 'binary', maxLength: 9000}).map(text => ({name: 'paste', text})),
	);
	fc.assert(
		fc.property(fc.array(key, {maxLength: 30}), keys => {
			const {text, at} = keys.reduce<EditedLine>(edited, lineWith(''));
			expect(at).toBeGreaterThanOrEqual(0);
			expect(at).toBeLessThanOrEqual(text.length);
			expect(text.length).toBeLessThanOrEqual(10_000);
		}),
	);
});
