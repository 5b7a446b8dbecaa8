import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {decode, expire, type Key, nothingPending, pendingUntil} from '../../source/terminal/decode.js';
import {type Chunk, encode, names, typed} from './decode-typed.js';

describe('gaps', () => {
	const gaps = (...chunks: readonly Chunk[]) => typed(...chunks).map(key => key.gap);

	test('are infinite at first, and 0 for what was read together', () => {
		expect(gaps([5, 'abc'])).toEqual([Infinity, 0, 0]);
	});

	test('count from the last byte of what came before to the first byte of the key', () => {
		expect(gaps([0, 'x'], [70, '\u001B'], [100, '[B'], [160, 'k'])).toEqual([Infinity, 70, 60]);
		expect(gaps([0, '\u001B[B'], [60, '\u001B['], [90, 'Bk'])).toEqual([Infinity, 60, 0]);
	});

	test('count from what was broken off too', () => {
		expect(gaps([0, '\u001B['], [260, 'k'])).toEqual([260]);
		expect(gaps([0, Uint8Array.of(0xc3)], [100, 'k'])).toEqual([Infinity, 100]);
	});
});

describe('paste', () => {
	const whole = '\u001B[200~k\u001B[Bc\r\u001B[200~é漢\u001B[201~';

	test('is one key, whatever is in it, split at any byte', () => {
		const bytes = encode(whole);
		for (let at = 0; at <= bytes.length; at++) {
			const keys = typed([0, bytes.subarray(0, at)], [150, bytes.subarray(at)]);
			expect(keys).toMatchObject([{name: 'paste', text: 'k\u001B[Bc\r\u001B[200~é漢'}]);
		}
	});

	test('does not hide that a k followed in the same read', () => {
		expect(typed([0, `${whole}k`])).toMatchObject([
			{name: 'paste', isFollowed: true},
			{name: 'k', gap: 0},
		]);
	});

	test('may pause for up to 2 s', () => {
		expect(names([0, '\u001B[200~a'], [1999, 'k'], [3998, '\u001B[201~'])).toEqual(['paste']);
	});

	test('without an end ends after 2 s of silence, broken off', () => {
		const keys = typed([0, '\u001B[200~ab\u001B[20'], [2400, 'k']);
		expect(keys).toMatchObject([
			{name: 'paste', text: 'ab\u001B[20', at: 2000},
			{name: 'k', isAfterBroken: true},
		]);
	});
});

describe('patience', () => {
	test('ends 200 ms after the last byte of a sequence, 2 s after that of a paste', () => {
		const until = (bytes: string) => pendingUntil(decode(nothingPending, encode(bytes), 1000).pending);
		expect(until('\u001B')).toBe(1200);
		expect(until('x\u001B[1')).toBe(1200);
		expect(until('\u001B[200~x')).toBe(3000);
		expect(until('x')).toBeUndefined();
	});

	test('does not end before', () => {
		const {pending} = decode(nothingPending, encode('\u001B'), 0);
		expect(expire(pending, 199)).toEqual({keys: [], pending});
		expect(expire(pending, 200).keys).toMatchObject([
			{name: 'escape', at: 200, gap: Infinity, isFollowed: false},
		]);
	});

	test('of a control sequence has 64 bytes, of a string 8 kB, however they were read', () => {
		for (const bytes of [`\u001B[${'1'.repeat(80)}`, `\u001B]${'x'.repeat(8300)}`]) {
			const limit = bytes.startsWith('\u001B[') ? 64 : 8192;
			const keys = typed([0, bytes]);
			expect(keys).toHaveLength(bytes.length - limit);
			expect(keys.every(key => key.isAfterBroken)).toBe(true);
			expect(names(...[...bytes].map((byte): Chunk => [0, byte]))).toEqual(keys.map(key => key.name));
		}
	});
});

describe('laws', () => {
	const piece = fc.oneof(
		{
			weight: 3,
			arbitrary: fc
				.constantFrom(
					'\u001B',
					'[',
					'O',
					']',
					'P',
					'[M',
					'\u001B[200~',
					'\u001B[201~',
					'\\',
					'~',
					';',
					'1',
					'5',
					'A',
					'k',
					'c',
					'\u0007',
					'é',
					'漢',
					'😀',
				)
				.map(encode),
		},
		fc.uint8Array({maxLength: 4}),
	);
	const input = fc
		.array(piece, {maxLength: 30})
		.map(pieces => Uint8Array.from(pieces.flatMap(bytes => [...bytes])));

	test('how the bytes were split over reads changes no key', () => {
		fc.assert(
			fc.property(input, fc.array(fc.nat(60)), (bytes, cuts) => {
				const at = [0, ...cuts.map(cut => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
				const chunks = at.slice(1).map((end, index): Chunk => [0, bytes.subarray(at[index], end)]);
				const brief = ({name, text, isAfterBroken}: Key) => ({name, text, isAfterBroken});
				expect(typed(...chunks).map(brief)).toEqual(typed([0, bytes]).map(brief));
			}),
			{numRuns: 2000},
		);
	});

	test('nothing throws, and times never run back', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.nat(3000), input)), chunks => {
				let now = 0;
				const timed = chunks.map(([wait, bytes]): Chunk => {
					now += wait;
					return [now, bytes];
				});
				const keys = typed(...timed);
				expect(keys.every(key => key.gap >= 0)).toBe(true);
				expect(keys.map(key => key.at)).toEqual(keys.map(key => key.at).sort((a, b) => a - b));
			}),
		);
	});

	test('a paste keeps every byte, in however many reads', () => {
		fc.assert(
			fc.property(fc.string({unit: 'grapheme'}), fc.integer({min: 1, max: 9}), (text, size) => {
				const bytes = encode(`\u001B[200~${text}\u001B[201~`);
				const reads = Array.from(
					{length: Math.ceil(bytes.length / size)},
					(_, index): Chunk => [index, bytes.subarray(index * size, (index + 1) * size)],
				);
				expect(typed(...reads)).toMatchObject([{name: 'paste', text}]);
			}),
		);
	});

	test('the keys of a long paste without brackets cost as much each as those of a short one', () => {
		const text = encode('select 1 from t;\n'.repeat(32_768).slice(0, 524_288));
		/** Of the processor, in microseconds: other programs count for nothing. */
		const costOf = (length: number) => {
			const costs = Array.from({length: 5}, () => {
				const start = process.cpuUsage();
				expect(decode(nothingPending, text.subarray(0, length), 0).keys).toHaveLength(length);
				const {user, system} = process.cpuUsage(start);
				// Linux knows only the sum: it guesses the shares, and either may stand still for a while.
				return user + system;
			});
			return Math.min(...costs) / length;
		};

		costOf(16_384);
		// Were each to cost as much as there are, it would be 32 times; what is collected as garbage counts, too.
		expect(costOf(524_288)).toBeLessThan(16 * costOf(16_384));
	});
});
