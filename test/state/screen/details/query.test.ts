import {describe, expect, test} from 'vitest';
import {pageOf} from '../../../../source/state/screen/page.js';
import {backend, cutAt1kB, processOf, withText} from '../../../helpers/state/backend.js';
import {esc, lookingAt, type Play} from '../../../helpers/state/play.js';

const session = backend(4388);
const opened = lookingAt(session).types('\r');
const text = 'select a, b from t';
const lines = 'select\n  a,\n  b\nfrom\n  t';
const read = opened.reads(session, {text});
const formatted = read.does({type: 'formatted', of: text, text: lines});
const formats = (moment: Play) => moment.given('format').map(command => command.text);
const queryOf = ({state}: Play) => {
	const all = pageOf(state)?.lines ?? [];
	return all.slice(1).map(line => (typeof line === 'string' ? line : line.map(piece => piece.text).join('')));
};

describe('the query in the details', () => {
	test('is formatted once, and not with every picture', () => {
		expect(formats(read)).toEqual([text]);
		const again = formatted
			.picture([session])
			.reads(session, {text})
			.picture([session])
			.reads(session, {text});
		expect(formats(again)).toEqual([text]);
		expect(queryOf(again)).toEqual(lines.split('\n'));
	});

	test('is shown as it is until that is done, and where it is not understood', () => {
		expect(queryOf(read)).toEqual([text]);
		expect(queryOf(read.does({type: 'formatted', of: text}))).toEqual([text]);
	});

	test('is formatted anew when it is another one, and the old form does not stand for it', () => {
		const other = formatted.picture([session]).reads(session, {text: 'select 2'});
		expect(formats(other)).toEqual([text, 'select 2']);
		expect(queryOf(other)).toEqual(['select 2']);
	});

	test('waits while the one before is under way: a busy session has a new one with each picture', () => {
		const busy = read.picture([session]).reads(session, {text: 'select 2'});
		expect(formats(busy)).toEqual([text]);
		const next = busy
			.does({type: 'formatted', of: text, text: lines})
			.picture([session])
			.reads(session, {text: 'select 3'});
		expect(queryOf(next)).toEqual(['select 3']);
		expect(formats(next)).toEqual([text, 'select 3']);
	});

	test.each([
		['the server has cut', withText(session, cutAt1kB)],
		['has more than 10 kB', withText(session, {bytes: 10_241})],
		['of a process that is no client', processOf(51, 'autovacuum worker', {query: 'autovacuum: VACUUM t'})],
	])('that %s stays as it is', (_, one) => {
		const shown = lookingAt(one).types('\r').reads(one, {text});
		expect(formats(shown)).toEqual([]);
		expect(queryOf(shown)[0]).toContain(text);
	});

	test('has bold keywords, and nothing else is bold', () => {
		const all = pageOf(formatted.state)?.lines ?? [];
		const bold = all.flatMap(line => (typeof line === 'string' ? [] : line.filter(({isBold}) => isBold)));
		expect(bold.map(piece => piece.text)).toEqual(['select', 'from']);
	});

	test('that comes after the details were closed changes nothing', () => {
		const closed = read.types(esc).waits(300);
		expect(closed.does({type: 'formatted', of: text, text: lines}).state.screen.layers).toEqual(
			closed.state.screen.layers,
		);
	});
});

describe('y', () => {
	test('copies the query as the session wrote it, and not as it is formatted', () => {
		expect(formatted.types('y').given('copy')).toEqual([{type: 'copy', text, isCut: false, of: 'the query'}]);
	});

	test('says where it has gone, and that it may not have arrived', () => {
		const copied = (to: 'tmux' | 'terminal', isCut = false) =>
			formatted.types('y').does({type: 'copied', bytes: 1023, isCut, of: 'the query', to}).status();
		expect(copied('tmux')).toBe("copied 1023 bytes of the query to tmux's buffer");
		expect(copied('terminal')).toBe(
			"sent 1023 bytes of the query to the terminal's clipboard: it may not arrive",
		);
		expect(copied('tmux', true)).toBe("copied 1023 bytes of the query, cut by the server, to tmux's buffer");
	});

	test('tells the command that the server has cut the text', () => {
		const cut = withText(session, cutAt1kB);
		const copied = lookingAt(cut).types('\r').reads(cut, {text}).types('y');
		expect(copied.given('copy')).toEqual([{type: 'copy', text, isCut: true, of: 'the query'}]);
	});

	test.each([
		['nothing was read yet', opened, 'nothing was read yet to copy'],
		['there is none', opened.reads(session), 'there is no query to copy'],
	])('copies nothing where %s, and says so', (_, moment, said) => {
		expect(moment.types('y').given('copy')).toEqual([]);
		expect(moment.types('y').status()).toBe(said);
	});
});
