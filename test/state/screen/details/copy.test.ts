import {describe, expect, test} from 'vitest';
import {backend, cutAt1kB, idleBackend, withText} from '../../../helpers/state/backend.js';
import {down, lookingAt, play} from '../../../helpers/state/play.js';

const session = {...backend(4388), hash: '17'};
const looking = lookingAt(session);
const text = 'update orders\nset status = 1';
const pressed = looking.types('y');

describe('y in the list', () => {
	test('has the whole text read anew, and copies it', () => {
		expect(pressed.given('inspect').at(-1)).toEqual({type: 'inspect', pid: 4388});
		expect(pressed.reads(session, {text}).given('copy')).toEqual([
			{type: 'copy', text, isCut: false, of: 'the query'},
		]);
	});

	test('has it read once, and copies it once, however often it stands in what was pasted', () => {
		const pasted = looking.types('yYy'.repeat(1000));
		expect(pasted.given('inspect')).toHaveLength(looking.given('inspect').length + 1);
		expect(pasted.reads(session, {text}).given('copy')).toMatchObject([{text, of: 'the query'}]);
		const details = looking.types('\r').reads(session, {text});
		expect(details.types('y'.repeat(1000)).given('copy')).toMatchObject([{text}]);
		expect(details.types('y').types('y').given('copy')).toHaveLength(2);
	});

	test('copies the text of an idle session, which the list need not have', () => {
		const idle = idleBackend(4388);
		const {query: _, ...bare} = idle;
		expect(lookingAt(bare).types('y').reads(idle, {text}).given('copy')).toMatchObject([{text}]);
	});

	test('tells that the server has cut the text', () => {
		const cut = {...withText(session, cutAt1kB), hash: '17'};
		expect(pressed.reads(cut, {text}).given('copy')).toMatchObject([{isCut: true}]);
	});

	test.each([
		['another query by now', {...session, hash: '18'}, '4388 is at another query by now: nothing was copied'],
		['ended', undefined, '4388 has ended already: nothing was copied'],
		[
			'its pid given to another session',
			{...backend(4388, {backendStart: 7}), hash: '17'},
			'4388 has ended already: nothing was copied',
		],
	])('copies nothing where the session has %s, and says so', (_, now, said) => {
		const read = pressed.reads(now, {text});
		expect(read.given('copy')).toEqual([]);
		expect(read.status()).toBe(said);
	});

	test('without hashes it is the start of the query that tells one from the next', () => {
		const {hash: _, ...plain} = session;
		const next = {...plain, queryStart: (plain.queryStart ?? 0) + 1};
		const looked = lookingAt(plain).types('y');
		expect(looked.reads(plain, {text}).given('copy')).toHaveLength(1);
		expect(looked.reads(next, {text}).given('copy')).toEqual([]);
	});

	test('says why nothing could be read', () => {
		const failed = pressed.does({type: 'inspect-failed', pid: 4388, why: 'no answer'});
		expect(failed.status()).toBe('4388 could not be read, nothing was copied: no answer');
	});

	test('says what is missing where nothing is selected, or there is no connection', () => {
		expect(play().picture([session]).types('y').status()).toBe('select a session first: the arrows move');
		const lost = looking.does({type: 'lost', why: 'gone'}).types('y');
		expect(lost.given('inspect')).toEqual([]);
	});

	test('is given up when the connection breaks: what is read of the session later is not copied', () => {
		const lost = pressed.does({type: 'lost', why: 'gone'}).until('connect');
		const back = lost.does({type: 'linked'}).picture([session]).types('\r').reads(session, {text});
		expect(back.page()).toContain('update orders');
		expect(back.given('copy')).toEqual([]);
	});

	test('is given up for a question about the session', () => {
		const asked = lookingAt(session, {confirm: 'always'}).types('y').presses('k').reads(session, {text});
		const after = asked.draws().types('n').types('\r').reads(session, {text});
		expect(asked.question()).toMatch(/^k: end the session of 4388/);
		expect(after.given('copy')).toEqual([]);
	});

	test('is said with its size, and where a terminal may not take that much', () => {
		const told = (bytes: number) =>
			pressed.does({type: 'copied', bytes, isCut: false, of: 'the query', to: 'terminal'}).status();
		expect(told(3000)).toBe("sent 3000 bytes of the query to the terminal's clipboard: it may not arrive");
		expect(told(60_000)).toMatch(/: most take less$/);
		const busy = pressed.does({type: 'copied', bytes: 3000, isCut: false, of: 'the query', to: 'nowhere'});
		expect(busy.status()).toBe('the terminal is busy: the query was not copied');
	});
});

test('a query that this role may not see is not called none', () => {
	const hidden = {...backend(4388), isVisible: false};
	const read = lookingAt(hidden).types('y').reads(hidden);
	expect(read.status()).toBe('this role may not see the query of 4388');
});

describe('Y', () => {
	const lines = (moment: typeof looking) => moment.given('copy').at(-1)?.text.split('\n') ?? [];

	test('copies the whole session as text, with server and time, from the list and from the details', () => {
		const listed = looking.types('Y').reads(session, {text});
		expect(listed.given('copy')).toMatchObject([{of: 'session 4388', isCut: false}]);
		expect(lines(listed)[0]).toBe('session 4388 of dba@db1:5432/shop, PostgreSQL 17.5');
		expect(lines(listed)[1]).toMatch(/^at \d{4}-\d\d-\d\dT[\d:.]+Z, by pgtop 1\.0\.0$/);
		expect(lines(listed)).toEqual(expect.arrayContaining(['now', 'who', 'update orders']));
		expect(lines(looking.types('\r').reads(session, {text}).types('Y'))).toEqual(lines(listed));
	});

	test('copies a session that runs another query by now: it is the session that is wanted', () => {
		const next = {...session, hash: '18'};
		expect(looking.types('Y').reads(next, {text: 'select 2'}).given('copy')).toHaveLength(1);
	});

	test('ends a text that the server has cut with a ~', () => {
		const cut = withText(session, cutAt1kB);
		expect(lines(looking.types('Y').reads(cut, {text})).at(-2)).toMatch(/~$/);
	});
});

test('a selection that moves on meanwhile does not change what is copied', () => {
	const two = play()
		.picture([session, backend(1)])
		.types(down);
	const pid = two.selected();
	const moved = two.types('y').types(down);
	expect(moved.selected()).not.toBe(pid);
	const [command] = moved.given('inspect');
	expect(command?.pid).toBe(pid);
});
