import {describe, expect, test} from 'vitest';
import {footerLine} from '../../../source/lines/foot/footer.js';
import {textOf} from '../../../source/lines/line.js';
import {pageOf} from '../../../source/state/screen/page.js';
import {
	allRights,
	backend,
	idleBackend,
	minute,
	noon,
	noRights,
	processOf,
} from '../../helpers/state/backend.js';
import {healthy} from '../../helpers/state/limits.js';
import {down, end, home, type Play, pageDown, play, up} from '../../helpers/state/play.js';

const enter = '\r';
const sleeper = backend(4211, {state: 'idle in transaction', age: 14 * minute});
const others = Array.from({length: 40}, (_, index) => backend(5000 + index, {age: (60 - index) * minute}));
const reader = processOf(5, 'autovacuum worker', {
	xmin: healthy.nextXid - 12_000_000,
	xactStart: noon - minute,
});
const slot = {name: 'old', isActive: false, retainedBytes: 12e9};
const facts = {...healthy, slots: [slot]};
const calm = play().has(allRights);
/** Of a session, of a process that is hidden, and of no session. */
const open = calm.picture([sleeper, reader, ...others], facts).types('!');

const chosen = ({state}: Play) =>
	pageOf(state)
		?.fields.filter(({name}) => name.startsWith('>'))
		.map(({name}) => name.slice(1));
const layer = ({state}: Play) => state.screen.layers[0];
const footer = ({state}: Play) => textOf(footerLine(state, 80)).trimEnd();

describe('in ! the arrows', () => {
	test('choose one alert after the other, the worst at first', () => {
		expect(chosen(open)).toEqual(['idle-tx']);
		expect(chosen(open.types(down))).toEqual(['horizon']);
		expect(chosen(open.types(down).types(down))).toEqual(['slot']);
		expect(chosen(open.types(down).types(down).types(up))).toEqual(['horizon']);
		expect(chosen(open.types(up))).toEqual(['idle-tx']);
		expect(chosen(open.types(end).types(home))).toEqual(['idle-tx']);
	});

	test('choose the alert, not its line: it stays chosen when a worse one comes', () => {
		const worse = open
			.types(down)
			.waits(2000)
			.picture([sleeper, reader, ...others], {
				...facts,
				slots: [{...slot, walStatus: 'lost'}],
			});
		expect(worse.page()).toMatch(/^slot/);
		expect(chosen(worse)).toEqual(['horizon']);
		expect(worse.types(enter).selected()).toBe(5);
	});

	test('choose none when the alert has gone, and Enter says so', () => {
		const gone = open.waits(2000).picture([reader, ...others], facts);
		expect(chosen(gone)).toEqual([]);
		expect(gone.types(enter).status()).toBe('no alert is chosen: the arrows choose one');
		expect(chosen(gone.types(down))).toEqual(['horizon']);
	});

	test('go on through what is in order and not checked', () => {
		let low = play({size: {columns: 40, rows: 10}})
			.has(noRights)
			.picture([sleeper])
			.types('!');
		const count = pageOf(low.state)?.fields.length ?? 0;
		for (let steps = 0; steps < count; steps++) low = low.types(down);
		expect(layer(low)).toMatchObject({top: count - 8});
		expect(chosen(low)).toEqual([]);
		expect(layer(low.types(home))).toMatchObject({top: 0});
		expect(layer(low.types(home).types(pageDown))).toMatchObject({top: 8});
	});
});

describe('Enter on an alert', () => {
	test('goes to its session in the list, and the window goes along', () => {
		const gone = open.types(enter);
		expect(layer(gone).type).toBe('table');
		expect(gone.selected()).toBe(4211);
		expect(gone.rows()).toContain('4211');
	});

	test.each([
		['a', open.types(down), 5],
		[
			'i',
			calm
				.picture([idleBackend(4403), sleeper], facts)
				.types('i')
				.waits(3000)
				.picture([idleBackend(4403), sleeper], facts)
				.types('!'),
			4211,
		],
	] as const)('lists it where %s hides it', (_, moment, pid) => {
		const listed = moment.types(enter);
		expect(listed.selected()).toBe(pid);
		expect(listed.rows().some(row => row.startsWith(String(pid)))).toBe(true);
		const later = listed.waits(3000).picture([sleeper, reader, ...others], facts);
		expect(later.selected()).toBe(pid);
	});

	test('without a session says so, and stays', () => {
		const said = open.types(down).types(down).types(enter);
		expect(said.status()).toBe('no session is meant: what is known of it stands under the alert');
		expect(layer(said).type).toBe('alerts');
	});

	test('is in the footer where there is a session', () => {
		expect(footer(open)).toBe('Enter select  Esc back');
		expect(footer(open.types(down).types(down))).toBe('Esc back');
	});
});

describe('after Enter on an alert k', () => {
	const listed = calm.picture([sleeper], facts).looksAtIt();

	test('waits until the row has been highlighted for half a second, however long it has stood there', () => {
		// No frame of `!` has reached the terminal.
		const gone = listed.types('!').types(enter).draws();
		expect(gone.selected()).toBe(4211);
		const early = gone.waits(300).types('k').waits(60);
		expect(early.signals()).toEqual([]);
		expect(early.status()).toContain('k ignored');
		const late = gone.waits(600).types('k').waits(60);
		expect(late.signals()).toMatchObject([{target: {pid: 4211}}]);
	});

	test('does the same after Tab in the details', () => {
		const two = calm
			.picture([backend(1, {age: 2 * minute}), backend(2, {age: minute})])
			.types(down)
			.looksAtIt();
		const gone = two.types(enter).types('\t').types('q').draws();
		expect(gone.selected()).toBe(2);
		expect(gone.waits(300).types('k').waits(60).signals()).toEqual([]);
		expect(gone.waits(600).types('k').waits(60).signals()).toMatchObject([{target: {pid: 2}}]);
	});
});
