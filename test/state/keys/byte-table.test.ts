import {expect, test} from 'vitest';
import {backend} from '../../helpers/state/backend.js';
import {lookingAt, type Play} from '../../helpers/state/play.js';

/** By turns: milliseconds from the first read on, and what was read then. */
type Reads = readonly (number | string | Uint8Array)[];

const type = (moment: Play, reads: Reads) =>
	reads.reduce<Play>(
		(before, one) => (typeof one === 'number' ? before.at(moment.now + one) : before.types(one)),
		moment,
	);

const together = /^(k|c) ignored: it came together with other keys, press it again$/;
const unfinished = /^(k|c) ignored: it came right after an unfinished key, press it again$/;

test('k alone, and nothing before and after it, ends the session that is looked at', () => {
	const pressed = type(lookingAt(backend(4388)), [0, 'k']).waits(50);
	expect(pressed.signals()).toMatchObject([{signal: 'terminate', target: {pid: 4388}}]);
});

test.each<[what: string, reads: Reads, says: RegExp | undefined]>([
	['an arrow and k in one read', [0, '\u001B[Bk'], together],
	['an arrow of application mode and k in one read', [0, '\u001BOBk'], together],
	['k and an arrow in one read', [0, 'k\u001B[B'], together],
	['k twice in one read', [0, 'kk'], together],
	['k and c in one read', [0, 'kc'], together],
	['k 49 ms after an arrow', [0, '\u001B[B', 49, 'k'], together],
	['k 49 ms before an arrow', [0, 'k', 49, '\u001B[B'], together],
	['k 49 ms before a key that does nothing', [0, 'k', 49, 'x'], together],
	['k 49 ms before an ESC that may become anything', [0, 'k', 49, '\u001B'], together],
	['k 49 ms before half a character', [0, 'k', 49, Uint8Array.of(0xc3)], together],
	['k 20 ms before c', [0, 'k', 20, 'c'], together],
	['k typed within a word', [0, 'x', 30, 'k', 60, 'y'], together],
	['fxx<DEL>k pasted without brackets', [0, 'fxx\u007Fk'], together],
	['4,097 bytes pasted without brackets, the last of them alone', [0, 'x'.repeat(4096), 1, 'k'], together],
	['4,096 times k, and one more', [0, 'k'.repeat(4096), 1, 'k'], together],
	['a line pasted without brackets', [0, 'update k\r'], together],
	['k in a paste', [0, '\u001B[200~k\u001B[201~'], /^pasted text is ignored$/],
	[
		'k in a paste that comes piece by piece',
		[0, '\u001B[200~', 500, 'k', 1000, '\u001B[201~'],
		/^pasted text is ignored$/,
	],
	['k behind a paste', [0, '\u001B[200~foo\u001B[201~k'], together],
	['k 30 ms behind a paste', [0, '\u001B[200~foo\u001B[201~', 30, 'k'], together],
	['k within 500 ms after a paste of which the end never came', [0, '\u001B[200~foo', 2400, 'k'], unfinished],
	['Alt-k', [0, '\u001Bk'], undefined],
	['Alt-k, its ESC 150 ms before', [0, '\u001B', 150, 'k'], undefined],
	['Ctrl-K', [0, '\u000B'], undefined],
	['Alt-Ctrl-K', [0, '\u001B\u000B'], undefined],
	['Ctrl-K as kitty writes it', [0, '\u001B[107;5u'], undefined],
	['ESC O k', [0, '\u001BOk'], undefined],
	['ESC O, and k 30 ms late', [0, '\u001BO', 30, 'k'], undefined],
	['ESC [ k', [0, '\u001B[k'], undefined],
	["a terminal's answer", [0, '\u001B[?64;1;2c'], undefined],
	["a terminal's answer, its last byte 30 ms late", [0, '\u001B[?64;1;2', 30, 'c'], undefined],
	["a terminal's answer, its last byte 300 ms late", [0, '\u001B[?64;1;2', 300, 'c'], unfinished],
	['k 500 ms after a sequence was broken off', [0, '\u001BO', 700, 'k'], unfinished],
	['k after a lone ESC, which has left the session', [0, '\u001B', 250, 'k'], /^select a session first/],
	['k 500 ms after two ESC, of which one was an unfinished key', [0, '\u001B\u001B', 450, 'k'], unfinished],
	['k that breaks off a character', [0, Uint8Array.of(0xe6, 0xbc), 60, 'k'], unfinished],
	['a mouse report with k in it', [0, '\u001B[M kc'], undefined],
])('%s sends nothing', (_, reads, says) => {
	const typed = type(lookingAt(backend(4388)), reads);
	expect(typed.signals()).toEqual([]);
	expect(typed.waits(200).signals()).toEqual([]);
	if (says) expect(typed.waits(200).status()).toMatch(says);
	expect(typed.waits(30_000).signals()).toEqual([]);
});

test('an arrow and k in one read: the arrow moves, and k is ignored', () => {
	const typed = type(lookingAt(backend(4388), {others: [backend(4402, {age: 1})]}), [0, '\u001B[Bk']);
	expect(typed.selected()).toBe(4402);
	expect(typed.status()).toBe('k ignored: it came together with other keys, press it again');
});

test('ESC, 30 ms later [B: one arrow, and the selection stays', () => {
	const others = [backend(4402, {age: 1})];
	const typed = type(lookingAt(backend(4388), {others}), [0, '\u001B', 30, '[B']);
	expect(typed.selected()).toBe(4402);
	expect(typed.waits(1000).selected()).toBe(4402);
});

test.each<[what: string, reads: Reads]>([
	['50 ms after a key', [0, 'x', 50, 'k']],
	['501 ms after a sequence was broken off', [0, '\u001BO', 701, 'k']],
	['50 ms after a paste', [0, '\u001B[200~foo\u001B[201~', 50, 'k']],
])('k %s counts again', (_, reads) => {
	const typed = type(lookingAt(backend(4388)), reads);
	expect(typed.waits(50).signals()).toHaveLength(1);
});
