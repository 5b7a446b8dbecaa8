import {describe, expect, test} from 'vitest';
import {toneWords} from '../../../source/domain/list/style.js';
import {widthOf} from '../../../source/domain/text/width.js';
import {textOf} from '../../../source/lines/line.js';
import {screenLines, topLines} from '../../../source/lines/screen.js';
import {keyRows} from '../../../source/tables/keymap.js';
import {sessions} from '../../../source/views/sessions/view.js';
import {end, type Play, pageDown, play} from '../../helpers/state/play.js';

const helpAt = (columns: number, rows: number) => play({size: {columns, rows}}).picture([]).types('?');

/** What a person reads of the whole help, on one line. */
const read = (moment: Play) => moment.page().replaceAll(/\n+ */g, ' ');

const title = ({state}: Play) => {
	const screen = screenLines(state);
	return screen.type === 'page' ? textOf(screen.page.title) : '';
};

describe.each([40, 60, 80, 200])('the help in %d columns', columns => {
	const help = helpAt(columns, 24);

	test('has every key, column and colour with what it says, and nothing is cut', () => {
		const text = read(help).replaceAll(' ', '');
		for (const {key, does} of keyRows) expect(text).toContain(`${key}${does}`.replaceAll(' ', ''));
		for (const column of sessions.columns)
			expect(text).toContain(`${column.title}${column.help}`.replaceAll(' ', ''));
		for (const {colour, says} of Object.values(toneWords))
			expect(text).toContain(`${colour}${says}`.replaceAll(' ', ''));
		const screen = screenLines(help.state);
		const rows = screen.type === 'page' ? screen.page.rows : [];
		expect(rows.flat().filter(cell => cell.length > 1 && cell.endsWith('~'))).toEqual([]);
	});

	test('says what every label of the header means', () => {
		const text = read(help).replaceAll(/ +/g, ' ');
		const state = play({size: {columns: 400, rows: 50}}).picture([]).state;
		const [, ...lines] = topLines(state).slice(0, 3).map(textOf);
		const labels = lines.join(' ').match(/[a-z]+(?:-tx)?(?= )/g) ?? [];
		expect(labels).toEqual(expect.arrayContaining(['conn', 'hit', 'horizon', 'autovac']));
		for (const label of labels.filter(one => one !== 'by' && one !== 'of')) expect(text).toContain(label);
	});

	test('says what the signs mean, and that some commits are reported late', () => {
		const text = read(help);
		for (const sign of ['~', '-', '?', '>=', 'cpu']) expect(text).toContain(` ${sign} `);
		expect(text.replaceAll(/\s+/g, ' ')).toContain('report their commits late');
	});

	test('scrolls, and the title says how far', () => {
		expect(widthOf(title(help))).toBe(columns);
		const [, first, last, all] = /(\d+)-(\d+) of (\d+) *$/.exec(title(help))?.map(Number) ?? [];
		expect([first, last]).toEqual([1, 21]);
		expect(title(help.types(pageDown))).toMatch(/ 22-\d+ of /);
		expect(title(help.types(end))).toMatch(new RegExp(` ${(all ?? 0) - 20}-${all} of ${all}`));
	});
});

test('where all is shown, the title says nothing of lines', () => {
	expect(title(helpAt(200, 120))).not.toMatch(/ of \d/);
});
