import {describe, expect, test} from 'vitest';
import {statusLine} from '../../../source/lines/foot/status.js';
import {textOf} from '../../../source/lines/line.js';
import {backend} from '../../helpers/state/backend.js';
import {down, esc, type Play, play} from '../../helpers/state/play.js';

const said = ({state}: Play) => textOf(statusLine(state, 120)).trimEnd();

const three = [backend(1), backend(2), backend(3)];

const selectedPid = ({state: {screen}}: Play) =>
	screen.rows.find(({value}) => value.id === screen.selected)?.value.pid;

describe('a key before the first picture', () => {
	test.each([
		['one by one', [down, down]],
		['in one read', [`${down}${down}`]],
		['torn in two', ['\u001B', '[B', down]],
	] as const)('waits for it and acts on it, %s', (_, typed) => {
		const early = typed.reduce<Play>((before, bytes) => before.types(bytes).waits(10), play());
		expect(early.state.screen.selected).toBeUndefined();

		const after = early.picture(three);

		expect(selectedPid(after)).toBe(selectedPid(play().picture(three).types(down).types(down)));
		expect(selectedPid(after)).toBeDefined();
		expect(after.state.hand.early).toBeUndefined();
	});

	test('acts in the order of the keys, and only once', () => {
		const early = play().types(down).waits(60).types('?');
		expect(early.state.screen.layers[0].type).toBe('table');
		const after = early.picture(three);
		expect(after.state.screen.layers[0].type).toBe('help');
		expect(selectedPid(after)).toBeDefined();
		const closed = after.types(esc).waits(300).picture(three);
		expect(closed.state.screen.layers[0].type).toBe('table');
		expect(selectedPid(closed)).toBe(selectedPid(after));
	});

	test('is Enter, too, where the terminal has made a line feed of it', () => {
		const after = play().types(`${down}\n`).picture(three);
		expect(after.state.screen.layers[0].type).toBe('details');
	});

	test.each(['c', 'k', 'y'])('is dropped where it is %s, and that is said', key => {
		const after = play().types(down).waits(60).types(key).waits(60).picture(three);
		expect(said(after)).toBe(`${key} ignored: there was no picture yet, press it again`);
		expect(selectedPid(after)).toBeDefined();
		const later = after.draws().waits(5000).draws();
		expect(later.commands.some(({command}) => ['signal', 'inspect'].includes(command.type))).toBe(false);
	});

	test('holds the first picture where it is p, and not what comes before it', () => {
		const held = play().until('sample').waits(10).types('p').waits(60).types(down).picture(three);
		expect(held.rows()).toHaveLength(3);
		expect(held.state.screen.pausedAt).toBeDefined();
		expect(selectedPid(held)).toBeDefined();
		expect(held.types('p').state.screen.pausedAt).toBeUndefined();
	});

	test('acts at once where it needs no list and comes first', () => {
		expect(play().types('?').state.screen.layers[0].type).toBe('help');
		expect(play().types('>').state.screen.sort.column).not.toBe(play().state.screen.sort.column);
	});

	test.each([
		['q', 'quit'],
		['\u0003', 'quit'],
		['\u001A', 'suspend'],
		['\u000C', 'redraw'],
	] as const)('does not keep %j waiting', (key, type) => {
		const after = play().types(down).waits(60).types(key);
		expect(after.commands.at(-1)?.command.type).toBe(type);
	});

	test.each([
		['the first refresh fails', {type: 'sample-failed', why: 'no'}],
		['the connection is lost', {type: 'lost', why: 'no'}],
	] as const)('waits no longer when %s', (_, action) => {
		const after = play().types(down).types('?').does(action);
		expect(after.state.hand.early).toBeUndefined();
		expect(after.state.screen.layers[0].type).toBe('help');
	});

	test('takes no more room than a thousand keys', () => {
		const after = play().types(down.repeat(5000));
		expect(after.state.hand.early).toHaveLength(1000);
	});
});
