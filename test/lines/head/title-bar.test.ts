import {describe, expect, test} from 'vitest';
import {textOf} from '../../../source/lines/line.js';
import {paint} from '../../../source/lines/paint.js';
import {topLines} from '../../../source/lines/screen.js';
import {type Circumstances, minute, noon, second} from '../../helpers/state/backend.js';
import {type Play, play} from '../../helpers/state/play.js';

const long = 'dba@a-very-long-name.of.some.host.example.com:5432/shop_archive';

type Given = {
	readonly columns: number;
	readonly target?: string;
	readonly isReadOnly?: boolean;
	readonly facts?: Circumstances;
};

/** The first line after three refreshes that took the server long. */
function barOf({columns, target = 'dba@db1:5432/shop', isReadOnly = false, facts = {}}: Given) {
	const stretched = [1, 2, 3].reduce<Play>(
		so => so.picture([], {serverMs: 300, ...facts}),
		play({target, isReadOnly, size: {columns, rows: 10}}),
	);
	return topLines(stretched.state)[0] ?? [];
}

const barText = (given: Given) => textOf(barOf(given));

const standby: Circumstances = {
	server: {recovery: 'STANDBY'},
	receiver: {isReceiving: true, replayedAt: noon - 4.2 * second, isCaughtUp: false},
};

describe('the first line', () => {
	test('says who and what server, its role, the interval and its clock', () => {
		expect(barText({columns: 80})).toBe(
			'pgtop dba@db1:5432/shop  PG 17.5  PRIMARY  up 12d04h   every 2s>6s  12:00:00 UTC',
		);
	});

	test('is in inverse over the whole width', () => {
		for (const {styles} of barOf({columns: 80})) expect(styles?.at(-1)).toBe('inverse');
	});

	test.each([40, 45, 50, 60, 70, 80, 120])(
		'never leaves out role, interval and clock: at %d columns',
		columns => {
			for (const isReadOnly of [false, true])
				for (const target of ['a', 'dba@db1:5432/shop', long])
					for (const facts of [{}, standby]) {
						const line = barText({columns, target, isReadOnly, facts});
						expect(line).toHaveLength(columns);
						expect(line).toMatch(/PRIMARY|STANDBY/);
						expect(line).toContain(' 2s>6s ');
						expect(line).toMatch(columns < 60 ? /12:00:00( UTC)?$/ : /12:00:00 UTC$/);
						expect(line.includes('READ-ONLY')).toBe(isReadOnly);
					}
		},
	);

	test('is cut to fit, the less important first', () => {
		const texts = [120, 80, 70, 59, 50, 40].map(columns => barText({columns, target: long, facts: standby}));
		expect(texts).toMatchInlineSnapshot(`
			[
			  "pgtop dba@a-very-long-name.of.some.~xample.com:5432/shop_archive  PG 17.5  STANDBY lag 4.2s    every 2s>6s  12:00:00 UTC",
			  "pgtop dba@a-ver~_archive  PG 17.5  STANDBY lag 4.2s    every 2s>6s  12:00:00 UTC",
			  "pgtop dba@a-ve~_archive  STANDBY lag 4.2s    every 2s>6s  12:00:00 UTC",
			  "pgtop dba@a-very~op_archive  STANDBY  every 2s>6s  12:00:00",
			  "pgtop dba@a-v~archive STANDBY every 2s>6s 12:00:00",
			  "pgtop db~ve STANDBY every 2s>6s 12:00:00",
			]
		`);
	});

	test('cuts a long target in its middle', () => {
		expect(barText({columns: 80, target: long})).toMatch(/^pgtop dba@a-ver.*~.*archive /);
	});

	test('says how far a standby is behind, in red from 30 s on', () => {
		const late = {...standby, receiver: {isReceiving: true, replayedAt: noon - minute}};
		expect(barText({columns: 100, facts: standby})).toContain('STANDBY lag 4.2s    up 12d04h');
		expect(barText({columns: 100, facts: late})).toContain('STANDBY lag 1m00s   up 12d04h');
		const lagIn = (facts: Circumstances) =>
			barOf({columns: 100, facts}).find(({text}) => text.startsWith('lag'));
		expect(lagIn(standby)?.styles).toEqual(['inverse']);
		expect(lagIn(late)?.styles).toEqual(['bold', 'hurts', 'inverse']);
	});

	test('writes its styles once for a run of words', () => {
		expect(paint(barOf({columns: 80}), 'unknown').length).toBeLessThan(80 + 120);
	});
});
