import {expect, test} from 'vitest';
import {openPainter} from '../../../source/terminal/painter/painter.js';

const red = (text: string) => `\u001B[31m${text}\u001B[39m`;
const inverse = (text: string) => `\u001B[7m${text}\u001B[27m`;

/** What is written for each of these frames. */
function written(frames: readonly (readonly string[])[], columns = 20, rows = 5): readonly string[] {
	const texts: string[] = [];
	const painter = openPainter({
		columns,
		rows,
		write(text, done) {
			texts[texts.length - 1] += text.replaceAll('\u001B', '^');
			done();
		},
	});
	for (const lines of frames) {
		texts.push('');
		painter.paint(lines, () => {});
	}

	return texts;
}

const change = (from: readonly string[], to: readonly string[]) => written([from, to])[1];

const list = ['  4711 active   1.2s ', '  4712 idle     3.0s ', '  4713 idle    12.5s '].map(line =>
	line.trimEnd(),
);

test.each<[what: string, from: readonly string[], to: readonly string[], bytes: string]>([
	['a clock', ['pgtop     12:00:01'], ['pgtop     12:00:02'], '^[1;18H2'],
	['the carry of a clock', ['pgtop     12:00:59'], ['pgtop     12:01:00'], '^[1;15H1:00'],
	[
		'ages one below the other',
		list,
		list.map(line => line.replace(/\.\ds/, '.7s')),
		'^[1;19H7^[B^[D7^[B^[D7',
	],
	['an age, wider by a cell', ['x   9.9s select 1'], ['x  10.0s select 1'], '^[1;4H10.0'],
	['cells that are far apart', ['a          b'], ['c          d'], '^[Hc^[10Cd'],
	['cells with four equal ones between', ['a1234b'], ['c1234d'], '^[Hc1234d'],
	['cells with five equal ones between', ['a12345b'], ['c12345d'], '^[Hc^[5Cd'],
	['a colour', ['9.9s'], [red('9.9s')], '^[H^[31m9.9s^[m'],
	['one colour less', [red('9.9s')], ['9.9s'], '^[H9.9s'],
	['a cell in a colour', [red('9.9s')], [red('9.8s')], '^[1;3H^[31m8^[m'],
	['two cells of one line in one style', [inverse('a12b')], [inverse('c12d')], '^[H^[7mc12d^[m'],
	['equal cells of another style between', [`a${red('12')}b`], [`c${red('12')}d`], '^[Hc^[2Cd'],
	[
		'the highlight, one line down',
		[inverse('one  '.padEnd(20)), 'two'],
		['one', inverse('two'.padEnd(20))],
		'^[Hone^[K^[2H^[7mtwo                 ^[m',
	],
	[
		'a list that moves up',
		['first', 'second', 'third'],
		['second', 'third', ''],
		'^[Hsecond^[2Hthird ^[3H^[K',
	],
	['a text far from the one before', ['a'], ['a          b'], '^[1;12Hb'],
	[
		'ages in two colours, to and fro',
		[`${red('1.1s')}     1.1s`, `${red('1.1s')}     1.1s`],
		[`${red('1.2s')}     1.2s`, `${red('1.2s')}     1.2s`],
		'^[1;3H^[31m2^[8C^[m2^[B^[D2^[10D^[31m2^[m',
	],
	['a shorter text', ['select count(*)     '], ['select 1            '], '^[1;8H1^[K'],
	['a text that is shorter by four', ['select 12345'], ['select 1'], '^[1;9H^[K'],
	['a text that is shorter by three', ['select 123'], ['select 1'], '^[1;9H  '],
	['a line that is gone', ['one', 'two', 'three'], ['one', 'two'], '^[3H^[K'],
	['the last column', ['x'.padEnd(20, '.')], ['x'.padEnd(19, '.')], '^[1;20H '],
	['the last column and the next line', ['.'.repeat(20), 'a'], [`${'.'.repeat(19)},`, 'b'], '^[1;20H,^[2Hb'],
	[
		'the last column, one below the other',
		['a', 'b'].map(end => end.padStart(20, '.')),
		['c', 'd'].map(end => end.padStart(20, '.')),
		'^[1;20Hc^[2;20Hd',
	],
	['a clock before Chinese', ['1.2s 漢字 abc'], ['1.3s 漢字 abc'], '^[1;3H3'],
	['Chinese', ['1.2s 漢字 abc'], ['1.2s 漢字 abd'], '^[?7l^[1;5H^[K 漢字 abd^[?7h'],
	['more Chinese than there is room for', [''], ['漢'.repeat(15)], `^[?7l^[H${'漢'.repeat(10)}^[?7h`],
	[
		'a mark behind a colour, in the last column',
		[''],
		[`x${' '.repeat(18)}e${red('\u0301')}`],
		'^[?7l^[Hx^[18Ce\u0301^[?7h',
	],
	['what would move the cursor', [''], ['a\n\u0007\u009Bb\u001B[2Jc'], '^[?7l^[Ha???b?[2Jc^[?7h'],
	['our own marks', ['─┤ ▲ · … ↓ █ ␛'], ['─┤ ▼ · … ↑ ▒ ␀'], '^[1;4H▼^[5C↑ ▒ ␀'],
])('%s', (_, from, to, bytes) => {
	expect(change(from, to)).toBe(bytes);
});

test.each<[what: string, from: readonly string[], to: readonly string[]]>([
	['the same lines', list, [...list]],
	['blank lines at the end', list, [...list, '', '     ']],
	['blanks at the end of a line', ['one'], ['one   ']],
	[
		'sequences in another order',
		[`\u001B[1m${red('x')}\u001B[22m`],
		['\u001B[31m\u001B[1mx\u001B[22m\u001B[39m'],
	],
	['sequences around nothing', ['one two'], [`one ${red('')}two${inverse('')}`]],
	['a line too many', ['1', '2', '3', '4', '5'], ['1', '2', '3', '4', '5', '6']],
	['what has no room', ['.'.repeat(20)], ['.'.repeat(30)]],
	['Chinese in the same place', [`a ${red('漢')}字`], [`a ${red('漢')}字  `]],
])('writes nothing for %s', (_, from, to) => {
	expect(change(from, to)).toBe('');
});

test('a first frame takes no byte for a blank at the end of a line', () => {
	expect(written([['one'.padEnd(20), '', red('two').padEnd(20), ` ${'漢'.padEnd(10)}`]])).toEqual([
		'^[?2026h^[m^[H^[2J^[?7lone^[3H^[31mtwo^[4H^[m 漢^[?7h^[?2026l',
	]);
});
