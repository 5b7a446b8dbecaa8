import fc from 'fast-check';
import {expect, test} from 'vitest';
import {cutFrom, isComment, isSpecialStatement} from '../../../../source/domain/signal/verdict/special.js';
import {specialTexts} from './special-texts.js';

test.each(specialTexts)('$text: statement $isStatement, comment $isComment', one => {
	expect({
		...one,
		isStatement: isSpecialStatement(one.text),
		isComment: isComment(one.text),
	}).toEqual(one);
});

test('no text stands twice in the list, and each answer is given by some', () => {
	expect(new Set(specialTexts.map(({text}) => text)).size).toBe(specialTexts.length);
	for (const isStatement of [true, false]) {
		for (const isComment of [true, false]) {
			expect(specialTexts.some(one => one.isStatement === isStatement && one.isComment === isComment)).toBe(
				true,
			);
		}
	}
});

/**
What PostgreSQL's scan.l takes as white space and comment, to the end: comments within comments are counted, and one that is not closed lasts to the end.

`--` ends at either line break; the vertical tab is white space from 16 on.
*/
function isOnlyComment(text: string): boolean {
	let at = 0;
	while (at < text.length) {
		if (' \t\n\r\f\v'.includes(text.charAt(at))) at++;
		else if (text.startsWith('--', at)) {
			while (at < text.length && !'\n\r'.includes(text.charAt(at))) at++;
		} else if (text.startsWith('/*', at)) {
			at = endOfComment(text, at + 2);
		} else return false;
	}

	return true;
}

function endOfComment(text: string, from: number): number {
	let depth = 1;
	let at = from;
	while (at < text.length) {
		const isStart = text.startsWith('/*', at);
		const isEnd = text.startsWith('*/', at);
		if (isStart) depth++;
		if (isEnd) depth--;
		at += isStart || isEnd ? 2 : 1;
		if (depth === 0) return at;
	}

	return at;
}

const pieces = fc.constantFrom(
	'/*',
	'*/',
	'/',
	'*',
	'-',
	'--',
	'\n',
	'\r',
	' ',
	'\t',
	'\f',
	'\v',
	'a',
	"'",
	'\\',
	'é',
	'/* a */',
	'-- a\n',
	'/* /* */ */',
);
const texts = fc.array(pieces, {maxLength: 14}).map(some => some.join(''));

test('whatever PostgreSQL takes as comment to the end is told as comment', () => {
	let comments = 0;
	fc.assert(
		fc.property(texts, text => {
			if (!isOnlyComment(text)) return;
			comments++;
			expect(isComment(text)).toBe(true);
		}),
		{numRuns: 20_000},
	);
	expect(comments).toBeGreaterThan(500);
});

test('where no comment stands within another one nothing else is told as comment', () => {
	fc.assert(
		fc.property(texts, text => {
			if (/\/\*(?:(?!\*\/).)*\/\*/s.test(text) || /[-/]$/.test(text)) return;
			expect(isComment(text)).toBe(isOnlyComment(text));
		}),
		{numRuns: 20_000},
	);
});

test('a comment that is cut anywhere is a comment', () => {
	const whole = '-- é\r\n/* a * / -- b */ /**/ /* /* c */ d */ -- e\r/* f\n */';
	for (let length = 0; length <= whole.length; length++) {
		expect({length, isComment: isComment(whole.slice(0, length))}).toEqual({length, isComment: true});
	}
});

// A rule that tries each way to read such a text would not come to an end.
test.each([
	{piece: '/*', isComment: true},
	{piece: '/', isComment: false},
	{piece: '*', isComment: false},
	{piece: '--\n', isComment: true},
	{piece: '/**/', isComment: true},
	{piece: '/* a */-', isComment: false},
	{piece: '/*/a', isComment: true},
	{piece: 'create', isComment: false},
	{piece: 'commit ', isComment: false},
])('a text full of $piece is told', ({piece, isComment: expected}) => {
	const text = piece.repeat(Math.ceil(1023 / piece.length));
	expect({isComment: isComment(text), isStatement: isSpecialStatement(text)}).toEqual({
		isComment: expected,
		isStatement: false,
	});
});

test('a text may be cut from a limit on that leaves room for the zero and for the rest of a character', () => {
	expect(cutFrom(1024)).toBe(1020);
});
