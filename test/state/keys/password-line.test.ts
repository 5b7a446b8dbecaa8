import {inspect} from 'node:util';
import {describe, expect, test} from 'vitest';
import {textOf} from '../../../source/lines/line.js';
import {bottomLines} from '../../../source/lines/screen.js';
import {frameOf} from '../../../source/state/screen/frame-of.js';
import {backend} from '../../helpers/state/backend.js';
import {down, esc, lookingAt, type Play} from '../../helpers/state/play.js';

const who = 'dba@db1:5432/shop';
const why = 'password authentication failed for user "dba"';
const refusal = {type: 'link-failed', why, isFinal: true, passwordFor: who} as const;

const looking = lookingAt(backend(4388));
const refused = looking
	.does({type: 'lost', why: 'db1:5432 closed the connection'})
	.until('connect')
	.does(refusal);
const asking = refused.presses('r').does(refusal);
const open = asking.draws();

const lastPassword = (moment: Play) => {
	const again = moment.given('connect').at(-1)?.again;
	return again?.type === 'typed' ? again.password.reveal() : again?.type;
};

const footer = (moment: Play) => textOf(bottomLines(moment.state)[1] ?? []).trimEnd();

describe('a login that was refused for its password', () => {
	test('waits for r, and says so', () => {
		expect(refused.status()).toBe(`refused 0s ago, r asks for a password: ${why}`);
		expect(footer(refused.does({type: 'resized', size: {columns: 120, rows: 24}}))).toContain('r password');
		expect(refused.waits(3_600_000).times('connect')).toHaveLength(1);
	});

	test('is tried by r with what was not refused, and asked for when there is nothing else', () => {
		expect(refused.presses('r').given('connect').at(-1)).toEqual({
			type: 'connect',
			again: {type: 'unrefused'},
		});
		expect(asking.status()).toBe(`password for ${who}:`);
		expect(footer(asking)).toBe('Enter log in  Esc back  Ctrl-C quit  Ctrl-U erase it  Ctrl-W a word');
	});

	test('is not asked for where no password would help, nor when r was not pressed', () => {
		const {passwordFor: _, ...plain} = refusal;
		expect(refused.presses('r').does(plain).status()).toBe(`refused 0s ago, r tries again: ${why}`);
		expect(refused.status()).not.toMatch(/^password/);
	});

	test('is not asked for over what was opened since', () => {
		const inHelp = refused.presses('r').presses('?').does(refusal);
		expect(inHelp.state.screen.layers[0].type).toBe('help');
	});
});

describe('the line for a password', () => {
	test.each<[what: string, keys: string, password: string]>([
		['letters', 'geheim\r', 'geheim'],
		['what are keys elsewhere', 'qckrjp? LhtyiaR!<>+-\r', 'qckrjp? LhtyiaR!<>+-'],
		['letters of any language', 'пароль😀\r', 'пароль😀'],
		['a line feed for Enter', 'geheim\n', 'geheim'],
		['Ctrl-D for nothing, once something is typed', 'ge\u0004heim\r', 'geheim'],
		['Backspace', 'geheix\u007Fm\b\b😀\u007Fim\r', 'geheim'],
		['Ctrl-U', 'so wrong\u0015geheim\r', 'geheim'],
		['Ctrl-W', 'ge wrong  \u0017heim\r', 'ge heim'],
		['keys that write nothing', `ge${down}\t\u001B[15~\u001BxhÏ\u007Feim\r`, 'geheim'],
		['a paste', '\u001B[200~geheim\u001B[201~\r', 'geheim'],
		['the first line of a paste', '\u001B[200~geheim\nk\nq\n\u001B[201~\r', 'geheim'],
		['a paste that begins with an empty line', 'geheim\u001B[200~\nk\u001B[201~\r', 'geheim'],
	])('takes %s', (_, keys, password) => {
		const typed = open.types(keys);
		expect(lastPassword(typed)).toBe(password);
		expect(typed.status()).toBe(`lost 0s ago, trying now: ${why}`);
	});

	test('takes keys one by one, and shows none of them', () => {
		const typed = [...'geheim'].reduce((moment, key) => moment.presses(key).draws(), open);
		expect(typed.status()).toBe(`password for ${who}:`);
		expect(typed.signals()).toEqual([]);
		expect(lastPassword(typed.presses('\r'))).toBe('geheim');
	});

	test('is in no dump of the state or of a command', () => {
		const typed = open.types('geheim');
		const sent = typed.types('\r');
		for (const thing of [typed.state, sent.state, sent.given('connect'), sent.commands]) {
			expect(JSON.stringify(thing)).not.toContain('geheim');
			expect(inspect(thing, {depth: 20})).not.toContain('geheim');
		}

		expect(sent.state.screen.layers[0]).toEqual({type: 'table'});
	});

	test('is tried once', () => {
		const typed = open.types('wrong\r').waits(60_000);
		expect(typed.times('connect')).toHaveLength(3);
		const again = typed.does(refusal).waits(62_000);
		expect(again.times('connect')).toHaveLength(3);
		expect(again.status()).toMatch(/^refused 1m ago, r asks for a password: password authentication failed/);
		expect(again.presses('r').does(refusal).status()).toBe(`password for ${who}:`);
	});

	test('that is closed has tried nothing: how long ago a login was refused stays', () => {
		const later = refused.waits(7000);
		const asked = later
			.presses('r')
			.does({...refusal, isOld: true})
			.draws()
			.types('\u0004')
			.waits(1000);
		expect(asked.status()).toMatch(/^refused [789]s ago, r asks for a password: /);
	});

	test('with nothing in it tries as at first', () => {
		expect(lastPassword(open.types('\r'))).toBe('as told');
		expect(lastPassword(open.types('wrong\u0015\r'))).toBe('as told');
	});

	test.each([
		['Esc', esc],
		['Ctrl-D with nothing typed', '\u0004'],
	])('is closed by %s, and nothing is tried', (_, key) => {
		const closed = open.presses(key).waits(300);
		expect(closed.state.screen.layers[0]).toEqual({type: 'table'});
		expect(closed.times('connect')).toHaveLength(2);
		expect(closed.presses('r').does(refusal).draws().types('geheim\r').given('connect')).toHaveLength(4);
	});

	test('forgets what was typed before Esc', () => {
		const again = open.types('wrong').presses(esc).waits(300).presses('r').does(refusal).draws();
		expect(lastPassword(again.types('geheim\r'))).toBe('geheim');
	});

	test('is left by Ctrl-C with the program, drawn or not', () => {
		expect(open.types('geh\u0003').given('quit')).toHaveLength(1);
		expect(asking.types('\u0003').given('quit')).toHaveLength(1);
	});

	test('takes nothing that was typed before it was drawn', () => {
		const ahead = asking.types('k').types('wrong').draws();
		expect(ahead.signals()).toEqual([]);
		expect(lastPassword(ahead.types('geheim\r'))).toBe('geheim');
		expect(asking.types('\r').times('connect')).toHaveLength(2);
	});

	test('k and q behind its end do nothing, when they came with it', () => {
		const pasted = open.types('geheim\rk\rq\rq');
		expect(lastPassword(pasted)).toBe('geheim');
		expect(pasted.given('quit')).toEqual([]);
		expect(pasted.signals()).toEqual([]);
	});

	test('nor do they, when the link brings a paste in pieces', () => {
		const pasted = [...'geheim\rk\rqqi'].reduce((moment, key) => moment.types(key).waits(20), open);
		expect(lastPassword(pasted)).toBe('geheim');
		expect(pasted.given('quit')).toEqual([]);
		expect(pasted.state.screen.showsIdle).toBe(true);
		expect(pasted.waits(60).types('i').state.screen.showsIdle).toBe(false);
		expect(pasted.presses('q').given('quit')).toHaveLength(1);
	});

	test('stays while the terminal changes its size, and takes nothing while it can not be seen', () => {
		const typed = open
			.types('geh')
			.does({type: 'resized', size: {columns: 60, rows: 12}})
			.draws();
		expect(typed.status()).toBe(`password for ${who}:`);
		const small = typed
			.types('e')
			.does({type: 'resized', size: {columns: 20, rows: 5}})
			.draws()
			.types('x\r');
		expect(small.times('connect')).toHaveLength(2);
		const back = small.does({type: 'resized', size: {columns: 80, rows: 24}}).draws();
		expect(lastPassword(back.types('im\r'))).toBe('geheim');
	});

	test('takes nothing where it can not be seen, when a frame of before is told of late', () => {
		const small = open.does({type: 'resized', size: {columns: 20, rows: 5}});
		const late = small
			.does({type: 'drawn', frame: frameOf(open.state)})
			.draws()
			.types('x\r');
		expect(late.times('connect')).toHaveLength(2);
		const back = late.does({type: 'resized', size: {columns: 80, rows: 24}}).draws();
		expect(lastPassword(back.types('geheim\r'))).toBe('geheim');
	});

	test('stays while the shell has the terminal', () => {
		const away = open.types('geh\u001A');
		expect(away.given('suspend')).toHaveLength(1);
		const back = away.does({type: 'resumed'});
		expect(lastPassword(back.types('x').draws().types('eim\r'))).toBe('geheim');
	});

	test('comes before all that the status line says, a held picture and an ignored key too', () => {
		const held = looking
			.presses('p')
			.does({type: 'lost', why})
			.until('connect')
			.does(refusal)
			.presses('k')
			.presses('r')
			.does(refusal);
		expect(held.status()).toBe(`password for ${who}:`);
		expect(held.waits(5000).status()).toBe(`password for ${who}:`);
		expect(held.state.screen.pausedAt).toBeDefined();
	});

	test('is closed by the connection', () => {
		const linked = open.types('geheim\r').does({type: 'linked'});
		expect(linked.state.server.link.type).toBe('up');
		expect(linked.status()).toBe('');
	});
});
