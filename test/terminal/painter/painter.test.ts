import {expect, test} from 'vitest';
import {openPainter} from '../../../source/terminal/painter/painter.js';

/** A painter on a terminal that takes a write only when it is told to. */
function slow() {
	const texts: string[] = [];
	const acknowledged: string[] = [];
	let onTheWay: (() => void) | undefined;
	const canvas = {
		columns: 20,
		rows: 3,
		write(text: string, written: () => void) {
			expect(onTheWay, 'two writes at a time').toBeUndefined();
			texts.push(text.replaceAll('\u001B', '^'));
			onTheWay = written;
		},
	};
	const painter = openPainter(canvas);
	return {
		canvas,
		texts,
		acknowledged,
		painter,
		paint(...lines: readonly string[]) {
			painter.paint(lines, () => acknowledged.push(lines.join('/')));
		},
		take() {
			const written = onTheWay;
			onTheWay = undefined;
			written?.();
		},
	};
}

const whole = (text: string) => `^[?2026h^[m^[H^[2J${text}^[?2026l`;

test('a frame is acknowledged when it has left', () => {
	const {paint, take, acknowledged, texts} = slow();
	paint('one');
	expect(texts).toEqual([whole('one')]);
	expect(acknowledged).toEqual([]);
	take();
	expect(acknowledged).toEqual(['one']);
});

test('a slow terminal gets the newest frame, and no one hears of those in between', () => {
	const {paint, take, acknowledged, texts} = slow();
	for (const line of ['one', 'two', 'three', 'four']) paint(line);
	expect(texts).toEqual([whole('one')]);
	take();
	expect(texts).toEqual([whole('one'), '^[Hfour']);
	expect(acknowledged).toEqual(['one']);
	paint('last');
	take();
	expect(acknowledged).toEqual(['one', 'four']);
	take();
	expect(acknowledged).toEqual(['one', 'four', 'last']);
	expect(texts).toEqual([whole('one'), '^[Hfour', '^[Hlast']);
});

test('what changes nothing is acknowledged at once, but not before the frame on its way', () => {
	const {paint, take, acknowledged, texts} = slow();
	paint('one');
	paint('one', '');
	expect(acknowledged).toEqual([]);
	take();
	expect(acknowledged).toEqual(['one', 'one/']);
	paint('one', '', '');
	expect(acknowledged).toEqual(['one', 'one/', 'one//']);
	expect(texts).toHaveLength(1);
});

test('a frame that is painted on an acknowledgement takes the place of the one that waits', () => {
	const {painter, paint, take, acknowledged, texts} = slow();
	painter.paint(['one'], () => paint('three'));
	paint('two');
	take();
	take();
	take();
	expect(acknowledged).toEqual(['three']);
	expect(texts).toEqual([whole('one'), '^[Hthree']);
});

test('after forget all is drawn anew, the same lines too', () => {
	const {painter, paint, take, texts} = slow();
	paint('one');
	take();
	painter.forget();
	paint('one');
	expect(texts).toEqual([whole('one'), whole('one')]);
});

test('forget holds for the frame that waits', () => {
	const {painter, paint, take, acknowledged, texts} = slow();
	paint('one');
	paint('one', 'two');
	painter.forget();
	take();
	take();
	expect(texts).toEqual([whole('one'), whole('one^[2Htwo')]);
	expect(acknowledged).toEqual(['one', 'one/two']);
	paint('one', 'too');
	expect(texts[2]).toBe('^[2;2Ho');
});

test.each([
	['columns', {columns: 21}],
	['rows', {rows: 4}],
])('a terminal with other %s is drawn anew, also by the frame that waits', (_, size) => {
	const {canvas, paint, take, texts} = slow();
	paint('one');
	paint('two');
	Object.assign(canvas, size);
	take();
	expect(texts).toEqual([whole('one'), whole('two')]);
	take();
	paint('two', 'a');
	expect(texts[2]).toBe('^[2Ha');
});

test('a terminal that takes text at once gets each frame', () => {
	const texts: string[] = [];
	let acknowledged = 0;
	const painter = openPainter({
		columns: 20,
		rows: 3,
		write(text, written) {
			texts.push(text);
			written();
		},
	});
	for (const line of ['1', '2', '3']) painter.paint([line], () => acknowledged++);
	expect(texts.slice(1)).toEqual(['\u001B[H2', '\u001B[H3']);
	expect(acknowledged).toBe(3);
});
