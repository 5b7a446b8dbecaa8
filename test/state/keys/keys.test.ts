import {describe, expect, test} from 'vitest';
import {pageOf} from '../../../source/state/screen/page.js';
import {keyRows} from '../../../source/tables/keymap.js';
import {backend} from '../../helpers/state/backend.js';
import {down, end, esc, lookingAt, type Play, pageDown, play, up} from '../../helpers/state/play.js';

const looking = lookingAt(backend(4388));
const layer = ({state}: Play) => state.screen.layers[0];

test.each([
	['\u0003', 'quit'],
	['\u001A', 'suspend'],
	['\u000C', 'redraw'],
] as const)('%j gives the command %s, in the help too', (key, type) => {
	expect(looking.types(key).commands.at(-1)?.command).toEqual({type});
	expect(looking.types('?').types(key).commands.at(-1)?.command).toEqual({type});
});

test('q quits in the list, and goes back from the help', () => {
	expect(looking.types('q').commands.at(-1)?.command).toEqual({type: 'quit'});
	expect(layer(looking.types('?').types('q'))).toEqual({type: 'table'});
});

/** The state without what a key that means nothing may change: the bytes that were read, and what is said of it. */
function butForItsNote({state: {hand, status, ...others}}: Play) {
	const {pending: _, ...keys} = hand;
	const {note: __, ...told} = status;
	return {...others, hand: keys, status: told};
}

test.each([...'0123456789xz;'])('%s is not bound', key => {
	expect(butForItsNote(looking.types(key))).toEqual(butForItsNote(looking));
	expect(looking.types(key).state.status.note?.text).toBe('no such key: ? lists them');
});

test.each(['x', 'é', '\u001B[15~', '\u001B[1;5A', '\u0001'])(
	'%j says so, and takes away what was said',
	key => {
		expect(looking.types('j').waits(100).types(key).status()).toBe('no such key: ? lists them');
		const over = looking.types('k').waits(50).sends().waits(100).sees();
		expect(over.status()).toMatch(/^4388 ended /);
		expect(over.waits(100).types(key).status()).toBe('no such key: ? lists them');
	},
);

test('what comes together with another key says nothing over it', () => {
	expect(looking.types('jx').status()).toBe('k ends a session here; the arrows move');
});

test.each(['\u001B[I', '\u001B[<35;10;10M', '\u001B[M !!', '\u001B]11;rgb:0/0/0\u0007'])(
	'%j, which no key sends, takes nothing away that was said',
	report => {
		expect(looking.types('j').types(report).status()).toBe('k ends a session here; the arrows move');
		const over = looking.types('k').waits(50).sends().waits(100).sees();
		expect(over.types(report).status()).toMatch(/^4388 ended /);
		expect(looking.types(report).status()).toBe('no such key: ? lists them');
	},
);

describe('the help', () => {
	test.each([
		['?', '?'],
		['h', 'h'],
		['?', esc],
		['h', '?'],
	])('%j opens it, %j closes it', (open, close) => {
		expect(layer(looking.types(open))).toEqual({type: 'help', top: 0});
		expect(layer(looking.types(open).types(close).waits(200))).toEqual({type: 'table'});
	});

	test('Esc closes it, and leaves the selection', () => {
		expect(looking.types('?').types(esc).waits(200).selected()).toBe(4388);
	});

	test('the arrows scroll it, and leave the selection', () => {
		const small = play({size: {columns: 40, rows: 10}})
			.picture([backend(1)])
			.types('?');
		expect(layer(small.types(down))).toEqual({type: 'help', top: 1});
		expect(layer(small.types(pageDown))).toEqual({type: 'help', top: 8});
		expect(layer(small.types(down).types(up).types(up))).toEqual({
			type: 'help',
			top: 0,
		});
		const {fields = []} = pageOf(small.state) ?? {};
		expect(fields.length).toBeGreaterThan(keyRows.length);
		expect(layer(small.types(end))).toEqual({type: 'help', top: fields.length - 8});
		expect(small.types(down).selected()).toBeUndefined();
	});

	test.each([...'iaRp<>r+-j'])('%s does nothing in it, and that is said', key => {
		const help = looking.types('?');
		expect(butForItsNote(help.types(key))).toEqual(butForItsNote(help));
		expect(help.types(key).state.status.note?.text).toBe(`${key} is for the list only: Esc goes back`);
	});

	test('pictures come on, and the list is new behind it', () => {
		const behind = looking
			.types('?')
			.waits(3000)
			.picture([backend(4402), backend(4388)]);
		expect(layer(behind)).toEqual({type: 'help', top: 0});
		expect(behind.rows()).toEqual(['4388', '4402']);
	});
});

describe('a terminal that is resized', () => {
	const sessions = Array.from({length: 40}, (_, index) => backend(5000 + index, {age: 9e9 - index * 1e6}));
	const resized = (moment: Play, rows: number, columns = 80) =>
		moment.does({type: 'resized', size: {columns, rows}});
	const bottom = play().picture(sessions).types(end);

	test('keeps the selected row on the screen', () => {
		expect(resized(bottom, 12).rows().at(-1)).toBe('5039');
		expect(resized(resized(bottom, 12), 60).rows()).toHaveLength(40);
	});

	test('keeps the window where it is when the selected row was not in it', () => {
		const away = bottom
			.waits(3000)
			.picture([{...sessions[39], ...backend(5039, {age: 9.1e9})}, ...sessions.slice(0, 39)]);
		expect(away.rows()).not.toContain('5039');
		expect(resized(away, 12).rows()[0]).toBe(away.rows()[0]);
	});

	test('too small and back again shows what it showed', () => {
		const back = resized(resized(bottom, 5, 20), 24);
		expect(back.rows()).toContain('5039');
		expect(back.selected()).toBe(5039);
	});
});

test('Esc goes from the help to what it covered, and from there to the list', () => {
	const details = lookingAt(backend(4388)).types('\r').reads(backend(4388));
	const help = details.types('?');
	expect(help.state.screen.layers[0].type).toBe('help');
	const back = help.waits(500).types(esc).waits(500);
	expect(back.state.screen.layers[0].type).toBe('details');
	expect(back.types(esc).waits(500).state.screen.layers[0].type).toBe('table');
	expect(details.types('??').state.screen.layers[0].type).toBe('details');
});
