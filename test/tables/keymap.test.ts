import {describe, expect, test} from 'vitest';
import {widthOf} from '../../source/domain/text/width.js';
import {footerLine} from '../../source/lines/foot/footer.js';
import {textOf} from '../../source/lines/line.js';
import type {Binding} from '../../source/tables/binding.js';
import {bindingFor, keymap, keyRows} from '../../source/tables/keymap.js';
import {backend, idleBackend, processOf} from '../helpers/state/backend.js';
import {down, lookingAt, type Play, play} from '../helpers/state/play.js';

const layers = ['table', 'help', 'details', 'signals', 'alerts', 'prepared'] as const;
const name = ({keys}: Binding) => keys.join(' ');
const footer = ({state}: Play, width = 80) => textOf(footerLine(state, width));

describe.each(layers)('in the %s', layer => {
	const bindings = keymap.filter(one => one.layers.includes(layer));

	test('no key is bound twice', () => {
		const keys = bindings.flatMap(one => one.keys);
		expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
	});

	test('every key is found', () => {
		for (const binding of bindings)
			for (const key of binding.keys) expect(bindingFor(key, layer)).toBe(binding);
	});
});

test('only c and k signal, and only in the table and the details', () => {
	const signals = keymap.filter(({does}) => does.type === 'signal');
	expect(signals.map(({keys, layers: where}) => ({keys, where}))).toEqual([
		{keys: ['c'], where: ['table', 'details']},
		{keys: ['k'], where: ['table', 'details']},
	]);
});

test('in every other layer c and k say why they do nothing, and C and K everywhere', () => {
	for (const layer of ['help', 'signals', 'alerts', 'prepared'] as const)
		for (const key of ['c', 'k']) expect(bindingFor(key, layer)?.does.type).toBe('say');
	for (const layer of layers)
		for (const key of ['C', 'K']) expect(bindingFor(key, layer)?.does.type).toBe('say');
});

test.each(keymap.filter(({help}) => help === undefined).map(binding => [name(binding), binding] as const))(
	'%s needs no line in the help: another key’s tells of it, or it only says something',
	(_, {does}) => {
		const isPair = keymap.some(
			other => other.help !== undefined && other.shown !== undefined && other.does.type === does.type,
		);
		expect(isPair || does.type === 'say').toBe(true);
	},
);

test('the keys of the specification are bound as it says', () => {
	const does = (key: string) => bindingFor(key, 'table')?.does;
	expect(does('c')).toEqual({type: 'signal', signal: 'cancel'});
	expect(does('k')).toEqual({type: 'signal', signal: 'terminate'});
	expect(does('up')).toEqual({type: 'move', by: 'line', direction: -1});
	expect(does('down')).toEqual({type: 'move', by: 'line', direction: 1});
	expect(does('pagedown')).toEqual({type: 'move', by: 'page', direction: 1});
	expect(does('home')).toEqual({type: 'move', by: 'end', direction: -1});
	expect(does('end')).toEqual({type: 'move', by: 'end', direction: 1});
	expect(
		['?', 'h', 'escape', 'q', 'ctrl-c', 'ctrl-z', 'ctrl-l', 'r', 'ctrl-r', 'p', 'R', 'enter', 'L'].map(
			key => does(key)?.type,
		),
	).toEqual([
		'help',
		'help',
		'back',
		'quit',
		'quit',
		'suspend',
		'redraw',
		'refresh',
		'refresh',
		'pause',
		'reverse',
		'details',
		'signals',
	]);
});

describe('the texts of the help', () => {
	test.each(keyRows)('$key: $does', ({key, does}) => {
		const widest = Math.max(...keyRows.map(row => widthOf(row.key)));
		// Each cell has a blank on either side.
		expect(widest + widthOf(does) + 4).toBeLessThanOrEqual(80);
		expect(key).not.toBe('');
	});
});

test.each(layers.slice(1))('in the %s Space is PgDn, q one step back, and Ctrl-C quits', layer => {
	expect(bindingFor('space', layer)?.does).toEqual(bindingFor('pagedown', layer)?.does);
	expect(bindingFor('q', layer)?.does).toEqual({type: 'back'});
	expect(bindingFor('ctrl-c', layer)?.does).toEqual({type: 'quit'});
	expect(bindingFor('space', 'table')?.does).toEqual({type: 'tag'});
});

test('y and Y are for the list and the details, and Tab is for the details', () => {
	// There y copies something else.
	for (const layer of layers.filter(one => one !== 'prepared'))
		expect(['y', 'Y', 'tab', 'shift-tab'].map(key => bindingFor(key, layer)?.does)).toEqual([
			...(['query', 'session'] as const).map(what =>
				layer === 'table' || layer === 'details' ? {type: 'copy', what} : undefined,
			),
			...([1, -1] as const).map(direction =>
				layer === 'details' ? {type: 'session', direction} : undefined,
			),
		]);
});

const session = backend(4388);
const looking = lookingAt(session);

describe('the footer', () => {
	const situations: readonly (readonly [what: string, moment: Play])[] = [
		['before the first picture', play()],
		['with nothing selected', play().picture([session])],
		['with a session selected', looking],
		['without idle sessions', looking.types('i')],
		['with the picture held', looking.types('p')],
		['with the picture held, and no idle sessions', looking.types('pi')],
		['with an idle session selected', lookingAt(idleBackend(4403))],
		['with a process selected', lookingAt(processOf(51, 'checkpointer'))],
		['with --read-only', lookingAt(session, {isReadOnly: true})],
		['with a lost connection', looking.does({type: 'lost', why: 'gone'})],
		['in the help', looking.types('?')],
		['in the alerts', play().picture([session]).types('!')],
		['in the details', looking.types('\r').reads(session, {text: 'select 1'})],
	];

	test.each(situations)(
		'shows whole keys in 80 columns, the first ones, the last two, and the one that is waited for, %s',
		(_, moment) => {
			const all = footer(moment, 300).trimEnd().split('  ');
			const shown = footer(moment).trimEnd().split('  ');
			expect(widthOf(footer(moment))).toBe(80);
			const kept = all.filter((hint, index) => index >= all.length - 2 || hint.startsWith('r '));
			const others = all.filter(hint => !kept.includes(hint));
			expect(shown).toEqual([...others.slice(0, shown.length - kept.length), ...kept]);
		},
	);

	test.each(situations)('keeps the way out in 40 columns, %s', (_, moment) => {
		const isList = moment.state.screen.layers[0].type === 'table';
		expect(widthOf(footer(moment, 40))).toBe(40);
		expect(footer(moment, 40)).toContain(isList ? 'q quit' : 'Esc back');
	});

	test.each([40, 60, 80])(
		'never leaves out the key that a lost connection waits for, in %d columns',
		columns => {
			const lost = looking.does({type: 'lost', why: 'gone'}).does({type: 'link-failed', why: 'gone'});
			expect(footer(lost, columns)).toContain('r try again');
		},
	);

	test.each(situations)('sets off the keys, and no word, %s', (_, moment) => {
		const spans = footerLine(moment.state, 300);
		const keys = spans.filter(({styles}) => styles?.includes('key')).map(({text}) => text);
		expect(spans.flatMap(({styles}) => styles ?? []).every(style => style === 'key')).toBe(true);
		const hints = footer(moment, 300).trimEnd().split('  ');
		expect(hints.map((hint, index) => hint.startsWith(`${keys[index]} `))).toEqual(hints.map(() => true));
		expect(keys.join(' ')).toMatch(/^(?:(?:\S|Enter|Esc|Space|Tab|Up|Down)(?: |$))+$/);
	});

	test.each<[what: string, moment: Play, offers: string]>([
		['an active session', looking, 'ck'],
		['an idle session: nothing to cancel', lookingAt(idleBackend(4403)), 'k'],
		['a process that SQL can’t signal', lookingAt(processOf(51, 'checkpointer')), ''],
		['a process that needs a question', lookingAt(processOf(60, 'walsender', {state: 'active'})), 'ck'],
		['a row that has gone', looking.picture([]), ''],
		['nothing', play().picture([session]), ''],
		['a session with --read-only', lookingAt(session, {isReadOnly: true}), ''],
		['a session on a lost connection', looking.does({type: 'lost', why: 'gone'}), ''],
	])('offers c and k only where they would do something: %s', (_, moment, offers) => {
		expect(footer(moment).includes('c cancel')).toBe(offers.includes('c'));
		expect(footer(moment).includes('k end')).toBe(offers.includes('k'));
	});

	test('does not offer c and k while the row is not on the screen', () => {
		const others = Array.from({length: 30}, (_, index) => backend(5000 + index));
		const sunk = lookingAt(backend(4388, {age: 1e10}), {others}).waits(3000);
		expect(footer(sunk)).toContain('k end');
		expect(footer(sunk.picture([...others, backend(4388, {age: 1})]))).not.toContain('k end');
	});

	test('tells how to select while nothing is selected', () => {
		expect(footer(play().picture([session]))).toContain('Up Down select');
		expect(footer(play().picture([session]).types(down))).not.toContain('Up Down');
		expect(footer(play().picture([session]).types('?'))).not.toContain('Up Down');
	});
});
