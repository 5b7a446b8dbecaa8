import fc from 'fast-check';
import {keymap} from '../../source/tables/keymap.js';
import {decode, expire, nothingPending, pendingUntil} from '../../source/terminal/decode.js';

const esc = '\u001B';
const printable = Array.from({length: 0x5f}, (_, index) => String.fromCharCode(0x20 + index));
const finals = Array.from({length: 26}, (_, index) => String.fromCharCode(0x41 + index));

/** All that terminals write for a key, as far as it may be one. */
const candidates: readonly string[] = [
	...Array.from({length: 0x20}, (_, code) => String.fromCharCode(code)),
	...printable,
	'\u007F',
	...finals.flatMap(final => [
		`${esc}[${final}`,
		`${esc}O${final}`,
		`${esc}[1;2${final}`,
		`${esc}[1;5${final}`,
	]),
	...Array.from({length: 25}, (_, number) => `${esc}[${number}~`),
	...[...printable, '\u007F'].map(one => esc + one),
];

function nameOf(bytes: string): string | undefined {
	const {keys, pending} = decode(nothingPending, Buffer.from(bytes, 'latin1'), 0);
	const until = pendingUntil(pending);
	const all = until === undefined ? keys : [...keys, ...expire(pending, until).keys];
	return all.length === 1 ? all[0]?.name : undefined;
}

const bytesOf = new Map(candidates.toReversed().map(bytes => [nameOf(bytes), bytes]));

/** What is typed for each key of the tables. */
export const keysOfTables: readonly string[] = [...new Set(keymap.flatMap(({keys}) => keys))].map(name => {
	const bytes = bytesOf.get(name);
	if (bytes === undefined) throw new Error(`nobody knows how to type ${name}`);
	return bytes;
});

const ofSignals = ['c', 'k', 'y'];

const paste = (text: string) => `${esc}[200~${text}${esc}[201~`;

/** What mice, windows and terminals say without being asked. */
const reports = [
	...[
		`${esc}[M !!`,
		`${esc}[M`,
		`${esc}[Mk`,
		`${esc}[Mck`,
		`${esc}[<0;10;20M`,
		`${esc}[<0;10;20m`,
		`${esc}[<35;1`,
	],
	...[`${esc}[32;10;20M`, `${esc}[I`, `${esc}[O`, `${esc}[?64;1;2c`, `${esc}[24;80R`, `${esc}[8;24;80t`],
	...[
		`${esc}]11;rgb:ffff/ffff/ffff\u0007`,
		`${esc}P>|XTerm(390)${esc}\\`,
		`${esc}[?2026;2$y`,
		`${esc}_Gi=1;OK${esc}\\`,
	],
	...[`${esc}[>0;276;0c`, `${esc}[97;5u`, `${esc}[27;5;107~`],
];

const broken = [
	...[
		esc,
		`${esc}[`,
		`${esc}O`,
		`${esc}]`,
		`${esc}P`,
		`${esc}[1;`,
		`${esc}[200`,
		`${esc}[200~k`,
		`${esc}[201~`,
	],
	...[
		`${esc}${esc}`,
		`${esc}[[`,
		`${esc}[\u0001`,
		`${esc}[1;2k`,
		`${esc}[${'1;'.repeat(40)}k`,
		`${esc}X${'k'.repeat(90)}`,
	],
	...[
		'\u00C3',
		'\u00E6\u00BC',
		'\u00F0\u009F\u0090',
		'\u0098',
		'\u009B',
		'\u00FF',
		'\u00C3\u00A9',
		'\u00E6\u00BC\u00A2',
	],
	...[`${paste('a').slice(0, -2)}`, paste(paste('k')), `${esc}[200~${esc}[200~y`],
];

/** One byte a character. */
export const typedBytes = fc.oneof(
	{weight: 30, arbitrary: fc.constantFrom(...keysOfTables)},
	{
		weight: 12,
		arbitrary: fc.constantFrom(`${esc}[B`, `${esc}[A`, ...ofSignals, ...ofSignals, '\r', ' ', 't', 'a'),
	},
	{weight: 4, arbitrary: fc.constantFrom(...broken)},
	{weight: 3, arbitrary: fc.constantFrom(...reports)},
	{
		weight: 2,
		arbitrary: fc
			.tuple(fc.constantFrom(...keysOfTables), fc.integer({min: 2, max: 40}))
			.map(([key, times]) => key.repeat(times)),
	},
	{
		weight: 2,
		arbitrary: fc
			.array(fc.constantFrom(...keysOfTables), {minLength: 2, maxLength: 5})
			.map(keys => keys.join('')),
	},
	{weight: 2, arbitrary: fc.uint8Array({maxLength: 12}).map(bytes => Buffer.from(bytes).toString('latin1'))},
	{
		weight: 2,
		arbitrary: fc.constantFrom(
			...[
				'user:api',
				'>5m',
				'-db:x',
				'~/a+/',
				'~/(/',
				'"a b',
				'lock>5s',
				'qid:1',
				'\u00E6\u00BC\u00A2',
				'4388',
				'1',
			],
		),
	},
	{weight: 1, arbitrary: fc.string({maxLength: 30}).map(text => paste(Buffer.from(text).toString('latin1')))},
);

/** A paste of 1 MB with brackets, whole and without its end; without brackets 64 kB, which are as many keys; an arrow that is held down. */
export const floods: readonly string[] = [
	paste('k'.repeat(1024 ** 2)),
	`${esc}[200~${'y'.repeat(1024 ** 2)}`,
	'ky'.repeat(32_768),
	`${'select 1;\r\n'.repeat(1500)}k`,
	`${esc}[B`.repeat(10_000),
];
