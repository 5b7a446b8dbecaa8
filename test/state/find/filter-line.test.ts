import {describe, expect, test} from 'vitest';
import {textOf} from '../../../source/lines/line.js';
import {bottomLines} from '../../../source/lines/screen.js';
import {backend, idleBackend, minute, processOf, second} from '../../helpers/state/backend.js';
import {down, esc, type Play, play} from '../../helpers/state/play.js';

const api = backend(11, {user: 'api', age: minute});
const etl = backend(12, {user: 'etl', age: 10 * minute, query: 'COPY orders TO STDOUT'});
const web = idleBackend(13, {user: 'web', age: second});
const shown = play().picture([api, etl, web]);
const open = shown.types('/');
const problem = ({state}: Play) => textOf(bottomLines(state)[1] ?? []).trimEnd();
/** The line that is typed, and how many it finds. */
const line = (moment: Play) => moment.status().replace(/ {2,}/, ' | ');

describe('the line of /', () => {
	test('opens empty, with what a filter can ask for in the line under it', () => {
		expect(line(open)).toBe('filter: | 3 of 3');
		expect(problem(open)).toMatch(/^Enter keep {2}Esc back {2}user:x db:x /);
	});

	test('filters with every letter', () => {
		expect(open.types('user:e').rows()).toEqual(['12', '13']);
		expect(open.types('user:e').types('tl').rows()).toEqual(['12']);
		expect(line(open.types('user:etl'))).toBe('filter: user:etl | 1 of 3');
	});

	test('takes every key as text that writes something', () => {
		const typed = open.types('ckqjyp?:!L+<-');
		expect(line(typed)).toMatch(/^filter: ckqjyp\?:!L\+<-/);
		expect(typed.signals()).toEqual([]);
		expect(typed.given('quit')).toEqual([]);
	});

	test('is edited as in a shell, and the cursor stands where the next letter goes', () => {
		const typed = open.types('usr:api').types('\u001B[H').types('\u001B[C\u001B[C').types('e');
		expect(line(typed)).toBe('filter: user:api | 1 of 3');
		const [status = []] = bottomLines(typed.state);
		expect(status.find(({styles}) => styles?.includes('inverse'))?.text).toBe('r');
	});

	test('lets the arrows move through what it found', () => {
		const moved = open.types('user:e').types(down).types(down);
		expect(moved.selected()).toBe(13);
		expect(line(moved)).toBe('filter: user:e | 2 of 3');
	});

	test('keeps the last good filter while there is a mistake, and says which in the line under it', () => {
		const mistaken = open.types('user:etl >5').types('x');
		expect(mistaken.rows()).toEqual(['12']);
		expect(problem(mistaken)).toBe('a time is a number with s, m, h or d: >5m');
		expect(problem(mistaken.types('\u007Fm'))).toMatch(/^Enter keep/);
	});

	test('stays open at Enter where there is a mistake', () => {
		const entered = open.types('state:\r');
		expect(entered.state.screen.layers[0].type).toBe('filter');
		expect(problem(entered)).toBe('state: needs a value');
	});

	test('goes with Enter, and the filter stays, in force for every picture', () => {
		const kept = open.types('user:etl\r');
		expect(kept.status()).toBe('filter user:etl: 1 of 3, Esc clears');
		const later = kept.picture([api, etl, web, backend(14, {user: 'etl', age: second})]);
		expect(later.rows()).toEqual(['12', '14']);
		expect(later.status()).toBe('filter user:etl: 2 of 4, Esc clears');
	});

	test('goes with Esc, and the filter of before is back', () => {
		const before = open.types('user:etl\r');
		expect(before.types('/').types('\u0015user:web').rows()).toEqual(['13']);
		const back = before.types('/').types('\u0015user:web').types(esc).waits(300);
		expect(back.rows()).toEqual(['12']);
		expect(back.status()).toBe('filter user:etl: 1 of 3, Esc clears');
	});

	test('begins with the filter that is in force', () => {
		expect(line(open.types('user:etl\r').types('/').types('x'))).toBe('filter: user:etlx | 0 of 3');
	});

	test('emptied and entered there is no filter any more', () => {
		const none = open.types('user:etl\r').types('/').types('\u0015\r');
		expect(none.rows()).toEqual(['12', '11', '13']);
		expect(none.status()).toBe('');
	});

	test.each(['\u001Bk', '\u001Bq', '\u001B/'])(
		'takes Esc for Esc where %j comes within the time of a sequence',
		keys => {
			const back = open.types('user:etl').types(keys);
			expect(back.state.screen.layers).toEqual([{type: 'table'}]);
			expect(back.rows()).toEqual(['12', '11', '13']);
			expect(back.waits(60).signals()).toEqual([]);
		},
	);

	test('says a mistake in itself where the terminal has no line for it', () => {
		const small = play({size: {columns: 60, rows: 11}})
			.picture([api])
			.types('/')
			.types('user:');
		expect(bottomLines(small.state).map(textOf)).toEqual([
			expect.stringMatching(/^filter: user: {2,}user: needs a value/),
		]);
	});

	test('does not take a regex that is begun for a word', () => {
		expect(open.types('~').rows()).toEqual(['12', '11', '13']);
		expect(problem(open.types('~'))).toBe('a regex ends with a slash: ~/.../');
		expect(open.types('~/copy/').rows()).toEqual(['12']);
	});

	test('keeps the focus when the connection breaks, and it is said afterwards', () => {
		const lost = open.types('user').does({type: 'lost', why: 'gone'});
		expect(line(lost)).toMatch(/^filter: user/);
		expect(lost.types('\r').status()).toMatch(/^lost 0s ago/);
	});

	test('takes the first line of what is pasted', () => {
		expect(line(open.types('\u001B[200~user:etl\nk\n\u001B[201~'))).toBe('filter: user:etl | 1 of 3');
	});

	test('is left by Ctrl-C with the program', () => {
		expect(open.types('\u0003').given('quit')).toHaveLength(1);
	});
});

describe('c and k behind a line', () => {
	const selected = shown.types(down).looksAtIt();
	const closed = selected.types('/').types('user:etl\r').looksAtIt();

	test('do nothing for a second, and say so', () => {
		const early = selected.types('/').types('user:etl\r').waits(900).presses('k');
		expect(early.signals()).toEqual([]);
		expect(early.status()).toMatch(/^k ignored: the line has just closed/);
		expect(closed.presses('k').signals()).toMatchObject([{target: {pid: 12}}]);
	});

	test('are keys again after a movement', () => {
		const moved = selected.types('/').types('user:e\r').types(down).draws().waits(600);
		expect(moved.presses('k').signals()).toMatchObject([{target: {pid: 13}}]);
	});
});

describe('a filter', () => {
	test('Esc in the list clears it first, and then the selection', () => {
		const filtered = shown.types(down).types('/').types('user:etl\r');
		const cleared = filtered.types(esc).waits(300);
		expect(cleared.rows()).toEqual(['12', '11', '13']);
		expect(cleared.selected()).toBe(12);
		expect(cleared.types(esc).waits(300).selected()).toBeUndefined();
	});

	test('leaves the selected session in the list, with a word', () => {
		const filtered = shown.types(down).types('/').types('user:web\r');
		expect(filtered.rows()).toEqual(['12 not in filter', '13']);
		expect(filtered.line(12)).toContain(' not in filter COPY');
	});

	test('is in the status line while the picture is held', () => {
		const held = shown.types('/').types('user:etl\r').types('p');
		expect(held.status()).toBe('held, 0s old: p goes on; filter user:etl: 1 of 3, Esc clears');
	});

	test('that looks at texts says once which it does not see', () => {
		const first = open.types('copy\r');
		expect(first.status()).toBe(
			'not searched: texts of idle sessions, and behind 1,024 bytes; filter: 1 of 3',
		);
		expect(first.types('/').types('\u0015update\r').status()).toBe('filter update: 1 of 3, Esc clears');
	});

	test('does not look at the text of an idle session, whether it is there or not', () => {
		const text = idleBackend(13, {user: 'web', query: 'COPY orders TO STDOUT'});
		expect(play().picture([etl, text]).types('/').types('copy').rows()).toEqual(['12']);
	});

	test('whose regex takes too long is said, and the last good one stays', () => {
		const slow = backend(15, {query: `${'a'.repeat(60)}!`, age: minute});
		const typed = play().picture([etl, slow]).types('/').types('~/(a+)+').types('$/');
		expect(problem(typed)).toBe('too slow: the regex was stopped after 20 ms');
		const after = play().picture([etl]).types('/').types('~/(a+)+$/\r').picture([etl, slow]);
		expect(after.types('p').types('p').status()).toBe(
			'filter ~/(a+)+$/: 0 of 2, 1 text takes a regex too long, Esc clears',
		);
	});

	test('that finds only what is hidden says so', () => {
		const server = play()
			.picture([etl, processOf(77, 'walwriter')])
			.types('/')
			.types('type:walwriter\r');
		expect(server.status()).toBe('filter type:walwriter: 0 of 1 (and 1 hidden: i, a), Esc clears');
		expect(server.types('a').rows()).toEqual(['77']);
	});

	test('leaves its count room in a narrow terminal', () => {
		const narrow = play({size: {columns: 40, rows: 12}}).picture([api, etl]);
		const kept = narrow.types('/').types('-user:somebody-with-a-long-name db:shop\r');
		expect(kept.status()).toBe('filter -user:s~: 2 of 2, Esc clears');
	});

	test('whose regex takes too long for one text finds the others, with the next picture at the latest', () => {
		const slow = backend(15, {query: `${'a'.repeat(60)}!`, age: minute});
		const others = [1, 2, 3].map(pid => backend(pid, {query: 'aaa', age: second}));
		const kept = play()
			.picture([etl])
			.types('/')
			.types('~/^(a+)+$/\r')
			.picture([slow, ...others])
			.picture([...others, slow]);
		expect(kept.rows().toSorted()).toEqual(['1', '2', '3']);
		expect(kept.types('p').types('p').status()).toMatch(/^filter \S+: 3 of 4, 1 text takes a regex too long/);
		expect(kept.picture(others).types('p').types('p').status()).toMatch(/: 3 of 3, Esc clears$/);
	});

	test('makes k ask first on the selected session that is not in it', () => {
		const looking = shown.types(down).types('/').types('user:web\r').looksAtIt();
		expect(looking.selected()).toBe(12);
		const asked = looking.presses('k').reads(etl);
		expect(asked.signals()).toEqual([]);
		expect(asked.question()).toContain('12 is not in the filter');
	});

	test('by a clock lets a session in when it is its time', () => {
		const young = open.types('user:api >2m\r');
		expect(young.rows()).toEqual([]);
		expect(
			young
				.waits(61_000)
				.picture([api, etl, web], {at: (api.xactStart ?? 0) + 121e6})
				.rows(),
		).toEqual(['11']);
	});

	test('before the first picture is in force with it', () => {
		expect(play().types('/').types('user:etl\r').picture([api, etl]).rows()).toEqual(['12']);
	});

	test('leaves the counts of the header as they are', () => {
		expect(open.types('user:etl\r').topText()).toMatch(/2 active/);
	});
});
