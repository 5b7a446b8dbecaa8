import {describe, expect, test} from 'vitest';
import {layoutFor} from '../../../../source/domain/list/window.js';
import {backend, second} from '../../../helpers/state/backend.js';
import {down, end, esc, lookingAt, type Play, play} from '../../../helpers/state/play.js';

const tab = '\t';
const shiftTab = '\u001B[Z';
const [first, middle, last] = [30, 20, 10].map((age, index) => backend(4001 + index, {age: age * second}));
const sessions = [first, middle, last].filter(one => one !== undefined);
const opened = play().picture(sessions).types(down).looksAtIt().types('\r').reads(first);
const shown = ({state}: Play) => {
	const [layer] = state.screen.layers;
	return layer.type === 'details' ? layer.pid : undefined;
};

describe('Tab in the details', () => {
	test('shows the next session of the list, which is read and selected, and Shift-Tab the one before', () => {
		const next = opened.types(tab);
		expect([shown(next), next.selected()]).toEqual([4002, 4002]);
		expect(next.given('inspect').at(-1)).toEqual({type: 'inspect', pid: 4002});
		expect(next.state.screen.layers[0]).toMatchObject({top: 0});
		expect(next.page()).toBe('reading');
		const before = next.reads(middle).types(tab).types(shiftTab).types(shiftTab);
		expect([shown(before), before.selected()]).toEqual([4001, 4001]);
	});

	test('says where the list ends', () => {
		expect(opened.types(shiftTab).status()).toBe('this is the first session of the list');
		const atLast = opened.types(tab).types(tab).types(tab);
		expect(atLast.status()).toBe('this is the last session of the list');
		expect(shown(atLast)).toBe(4003);
	});

	test('leaves out a session that has ended', () => {
		const gone = opened
			.types(tab)
			.types(shiftTab)
			.waits(100)
			.picture([first, last].filter(one => one !== undefined));
		expect(gone.rows()).toContain('4002 gone');
		expect(shown(gone.types(tab))).toBe(4003);
	});

	test('reads nothing while the connection is lost', () => {
		const lost = opened.does({type: 'lost', why: 'gone'}).types(tab);
		expect(shown(lost)).toBe(4001);
		expect(lost.given('inspect')).toEqual(opened.given('inspect'));
	});

	test('takes the window of the list along', () => {
		const many = Array.from({length: 60}, (_, index) => backend(5000 + index, {age: (60 - index) * second}));
		const height = layoutFor(24).tableLines;
		const atEdge = play().picture(many).types(down.repeat(height)).looksAtIt().types('\r');
		expect(atEdge.state.screen.top).toBe(0);
		expect(atEdge.types(tab).state.screen.top).toBe(1);
	});

	test('is no look at the session: c and k in the list behind it wait for one', () => {
		const back = opened.draws().types(tab).draws().waits(600).types(esc).waits(300);
		expect(back.selected()).toBe(4002);
		expect(back.types('k').waits(60).signals()).toEqual([]);
		expect(back.looksAtIt().types('k').waits(60).signals()).toMatchObject([{target: {pid: 4002}}]);
	});

	test('c and k still ask first', () => {
		const pressed = opened.types(tab).reads(middle).draws().waits(600).types('k').waits(60).reads(middle);
		expect(pressed.signals()).toEqual([]);
		expect(pressed.question()).toContain('4002');
	});
});

test('Space goes on a page, and q one step back', () => {
	const long = lookingAt(backend(4388))
		.types('\r')
		.reads(backend(4388), {text: 'a\n'.repeat(80)});
	const top = ({state}: Play) => (state.screen.layers[0] as {top: number}).top;
	expect(top(long.types(' '))).toBe(21);
	expect(top(long.types(end).types(' '))).toBe(top(long.types(end)));
	const back = long.types('q');
	expect(back.state.screen.layers[0].type).toBe('table');
	expect(back.given('quit')).toEqual([]);
	for (const key of ['?', '!', 'L']) {
		const open = play().picture([]).types(key);
		expect(open.state.screen.layers).toHaveLength(2);
		expect(open.types('q').state.screen.layers).toHaveLength(1);
	}
});
