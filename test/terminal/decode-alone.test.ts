import {describe, expect, test} from 'vitest';
import {decode, type Key, nothingPending} from '../../source/terminal/decode.js';
import {type Chunk, encode, names, typed} from './decode-typed.js';

/** Times and bytes by turns. */
type Reads = readonly Chunk[number][];

const chunksOf = (reads: Reads): readonly Chunk[] =>
	reads.length === 0 ? [] : [[reads[0], reads[1]] as unknown as Chunk, ...chunksOf(reads.slice(2))];

/** What the program asks of a key that signals. */
const isAlone = (key: Key) => key.gap >= 50 && !key.isFollowed && !key.isAfterBroken;

describe('a k or c that was not pressed alone does not look alone', () => {
	test('a single k after silence does', () => {
		expect(typed([1000, 'k']).map(isAlone)).toEqual([true]);
		expect(typed([0, 'x'], [50, 'k']).map(isAlone)).toEqual([true, true]);
	});

	test.each<[string, Reads, readonly string[]]>([
		['an arrow and k in one read', [0, '\u001B[Bk'], ['down', 'k']],
		['k and an arrow in one read', [0, 'k\u001B[B'], ['k', 'down']],
		['k and an unfinished arrow in one read', [0, 'k\u001B'], ['k', 'escape']],
		['kk, a held key', [0, 'kk'], ['k', 'k']],
		['k 49 ms after a key', [0, 'x', 49, 'k'], ['x', 'k']],
		['k 49 ms after the last byte of an arrow', [0, '\u001B[', 100, 'B', 149, 'k'], ['down', 'k']],
		['a paste without brackets', [0, 'foo\u007Fk'], ['f', 'o', 'o', 'backspace', 'k']],
		['Alt-k', [0, '\u001Bk'], ['alt-k']],
		['Alt-k in two reads', [0, '\u001B', 150, 'k'], ['alt-k']],
		['Ctrl-K', [0, '\u000B'], ['ctrl-k']],
		['ESC O k', [0, '\u001BOk'], ['unknown']],
		['ESC O, and k 30 ms later', [0, '\u001BO', 30, 'k'], ['unknown']],
		["a terminal's answer, its last byte 30 ms late", [0, '\u001B[?64;1;2', 30, 'c'], ['unknown']],
		["a terminal's answer, its last byte 300 ms late", [0, '\u001B[?64;1;2', 300, 'c'], ['c']],
		['k within 500 ms after a sequence was broken off', [0, '\u001BO', 700, 'k'], ['k']],
		['k after a control sequence broken off by it', [0, '\u001B[\r', 400, 'k'], ['enter', 'k']],
		['k after half a character', [0, Uint8Array.of(0xc3), 100, 'k'], ['unknown', 'k']],
	])('%s', (_, reads, expected) => {
		const keys = typed(...chunksOf(reads));
		expect(keys.map(key => key.name)).toEqual(expected);
		expect(keys.filter(key => /^[ck]$/.test(key.name) && isAlone(key))).toEqual([]);
	});

	test('ESC, 30 ms, [B is one down', () => {
		expect(names([0, '\u001B'], [30, '[B'])).toEqual(['down']);
	});

	test('the last piece of a long paste without brackets', () => {
		const keys = typed([0, 'x'.repeat(4096)], [1, 'k']);
		expect(keys).toHaveLength(4097);
		expect(keys.filter(isAlone)).toEqual([]);
	});

	test('500 ms after a sequence was broken off it counts again', () => {
		expect(typed([0, '\u001BO'], [701, 'k']).map(isAlone)).toEqual([true]);
	});

	test('after a blocked loop the 500 ms start when the sequence is seen to be broken off', () => {
		const {pending} = decode(nothingPending, encode('\u001B[?64;1;2'), 0);
		const [key] = decode(pending, encode('c'), 3000).keys;
		expect(key).toMatchObject({name: 'c', isAfterBroken: true});
	});

	test('after a blocked loop an ESC may be what the byte behind it came with', () => {
		const {pending} = decode(nothingPending, encode('\u001B'), 0);
		const keys = decode(pending, encode('k'), 3000).keys;
		expect(keys.map(key => key.name)).toEqual(['escape', 'k']);
		expect(keys.map(isAlone)).toEqual([true, false]);
	});

	test('a byte that made no key yet shows in what is pending', () => {
		const {pending} = decode(nothingPending, encode('k'), 0);
		expect(decode(pending, encode('\u001B'), 20)).toMatchObject({keys: [], pending: {at: 20}});
	});
});

describe('a lone ESC is a key when nothing followed it for 200 ms', () => {
	test('and then no unfinished one: a k behind it counts', () => {
		expect(typed([0, '\u001B'], [250, 'k']).map(isAlone)).toEqual([true, true]);
		expect(names([0, '\u001B'], [250, 'k'])).toEqual(['escape', 'k']);
	});

	test('and it takes nothing from the shadow of what was broken off before it', () => {
		const keys = typed([0, '\u001BO'], [210, '\u001B'], [450, 'k']);
		expect(keys.map(key => key.name)).toEqual(['escape', 'k']);
		expect(keys.at(-1)?.isAfterBroken).toBe(true);
	});

	test.each<[what: string, unfinished: string | Uint8Array, at: number]>([
		['an unfinished sequence', '\u001B[', 250],
		['an unfinished application key', '\u001BO', 250],
		['the first of two', '\u001B\u001B', 250],
		['half a character', Uint8Array.of(0xc3), 250],
		['an unfinished paste', '\u001B[200~x', 2050],
	])('but %s is none', (_, unfinished, at) => {
		expect(typed([0, unfinished], [at, 'k']).at(-1)).toMatchObject({name: 'k', isAfterBroken: true});
	});
});
