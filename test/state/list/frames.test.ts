import {describe, expect, test} from 'vitest';
import {frameOf} from '../../../source/state/screen/frame-of.js';
import {backend, idleBackend, invisible, minute, noon} from '../../helpers/state/backend.js';
import {down, lookingAt, type Play, play, up} from '../../helpers/state/play.js';

const session = backend(4388, {age: 20 * minute});
const other = backend(4402);
const looking = lookingAt(session, {others: [other]});
const frame = ({state}: Play) => frameOf(state);
/** Each row with its line, counted from that of the first row of the list in 24 lines. */
const lines = (moment: Play) =>
	frame(moment).rows.map(({backend: {pid}, line}) => [pid, line === undefined ? undefined : line - top]);
const top = frame(play().picture([session])).rows[0]?.line ?? 0;

describe('a frame shows what a key may act on', () => {
	test('the rows in the window, each with its line, and which one is highlighted', () => {
		expect(lines(looking)).toEqual([
			[4388, 0],
			[4402, 1],
		]);
		expect(frame(looking)).toMatchObject({highlighted: session.id, hasQuestion: false});
		expect(frame(looking).rows[0]?.taken).toEqual({at: noon, startedAt: expect.any(Number)});
	});

	test('no row outside of the window', () => {
		const sessions = Array.from({length: 40}, (_, index) =>
			backend(5000 + index, {age: (60 - index) * minute}),
		);
		const shown = play().picture(sessions);
		expect(lines(shown)).toHaveLength(shown.rows().length);
		expect(lines(shown).at(-1)).toEqual([5000 + shown.rows().length - 1, shown.rows().length - 1]);
	});

	test('no row that has gone, and the others in their lines', () => {
		const gone = looking.picture([other]);
		expect(gone.rows()).toEqual(['4388 gone', '4402']);
		expect(lines(gone)).toEqual([[4402, 1]]);
		expect(frame(gone).highlighted).toBeUndefined();
	});

	test('nothing before there is a picture, and nothing highlighted before something is selected', () => {
		expect(frame(play())).toEqual({rows: [], hasQuestion: false});
		expect(frame(play().picture([session])).highlighted).toBeUndefined();
	});

	test.each([
		['the help', '?'],
		['what was signalled', 'L'],
		['the alerts', '!'],
		['the details', '\r'],
	])('no row under %s', (_, key) => {
		const covered = looking.types(key);
		expect(covered.state.screen.layers[0].type).not.toBe('table');
		expect(frame(covered)).toEqual({rows: [], hasQuestion: false});
	});

	test('every row in another line, where more lines stand above the list', () => {
		const low = looking.does({type: 'resized', size: {columns: 80, rows: 14}});
		expect(lines(low)).not.toEqual(lines(looking));
		const moved = low.draws().waits(60).types(down).draws().waits(60);
		expect(moved.types('k').waits(50).signals()).toEqual([]);
	});

	test('every row in the line where it stands on the screen', () => {
		for (const rows of [10, 12, 16, 24, 50]) {
			const sized = looking.does({type: 'resized', size: {columns: 80, rows}});
			const above = sized.topText().split('\n').length;
			const [first = -1, second] = frame(sized).rows.map(({line}) => line);
			// Counted from the line of the titles.
			expect([first, second]).toEqual([above - 1, above]);
		}
	});

	test('nothing on a terminal that is too small', () => {
		const small = looking.does({type: 'resized', size: {columns: 39, rows: 24}});
		expect(frame(small)).toEqual({rows: [], hasQuestion: false});
	});

	test('a question, once its facts are there, and under it only the row it is about, in no line', () => {
		const reading = lookingAt(invisible(4388), {others: [other]})
			.types('k')
			.waits(50);
		expect(frame(reading).hasQuestion).toBe(false);
		const open = reading.reads(invisible(4388));
		expect(frame(open).hasQuestion).toBe(true);
		expect(lines(open)).toEqual([[4388, undefined]]);
	});
});

describe('after a question', () => {
	const closed = lookingAt(invisible(4388), {others: [other]})
		.types('k')
		.waits(50)
		.reads(invisible(4388))
		.looksAtIt()
		.types('n')
		.waits(60)
		.draws();

	test('the other rows have to stand in their lines anew', () => {
		const moved = closed.waits(60).types(up).draws().waits(60);
		expect(moved.selected()).toBe(4402);
		expect(moved.types('k').waits(50).signals()).toEqual([]);
		expect(moved.waits(400).types('k').waits(50).signals()).toMatchObject([{target: {pid: 4402}}]);
	});
});

test('over the details a question shows no row', () => {
	const asked = lookingAt(session).types('\r').reads(session).waits(60).types('k').waits(50).reads(session);
	expect(frame(asked)).toMatchObject({rows: [], hasQuestion: true});
});

describe('a frame tells of which signal it says the outcome', () => {
	const heldBack = looking.types('k').waits(50).holdsBack(idleBackend(4388));

	test('while it stands in the status line', () => {
		expect(frame(heldBack).signals).toEqual([1]);
		expect(frame(heldBack.waits(60).types('i')).signals).toBeUndefined();
	});

	test('and not while something else is said first', () => {
		expect(frame(heldBack.waits(60).types('k')).signals).toBeUndefined();
	});

	test('nor while the connection is lost', () => {
		expect(frame(heldBack.does({type: 'lost', why: 'gone'})).signals).toBeUndefined();
	});
});
