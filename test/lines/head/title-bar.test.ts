import {describe, expect, test} from 'vitest';
import {noConfiguration} from '../../../source/domain/configuration/rules.js';
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
	/** Its section may say that it is signalled all the same. */
	readonly production?: 'signalled' | 'read-only';
	readonly facts?: Circumstances;
};

/** The first line after three refreshes that took the server long. */
function barOf({columns, target = 'dba@db1:5432/shop', isReadOnly = false, production, facts = {}}: Given) {
	const told = <Value>(value: Value) => ({value, from: 'line 1'});
	const rules = {isProduction: told(true), isReadOnly: told(production === 'read-only')};
	const configuration = {...noConfiguration, sections: production ? [{name: 'db1', rules}] : []};
	const stretched = [1, 2, 3].reduce<Play>(
		so => so.picture([], {serverMs: 300, ...facts}),
		play({target, isReadOnly, configuration, size: {columns, rows: 10}}),
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

	test.each([40, 45, 50, 60, 70, 80, 120])(
		'never leaves out that a server is production, nor what is never left out otherwise: at %d columns',
		columns => {
			for (const production of ['signalled', 'read-only'] as const)
				for (const target of ['a', 'dba@db1:5432/shop', long])
					for (const facts of [{}, standby]) {
						const line = barText({columns, target, production, facts});
						expect(line).toHaveLength(columns);
						expect(line).toMatch(columns < 60 ? / PROD(UCTION)? / : / PRODUCTION /);
						expect(line).toMatch(/PRIMARY|STANDBY/);
						expect(line).toContain(' 2s>6s ');
						expect(line).toContain(' 12:00:00');
						expect(line.includes('READ-ONLY')).toBe(production === 'read-only');
					}
		},
	);

	test('makes room for the label of production by what is less important', () => {
		const texts = [120, 80, 60, 50, 40].map(columns => barText({columns, production: 'read-only'}));
		expect(texts).toMatchInlineSnapshot(`
			[
			  "pgtop dba@db1:5432/shop  PG 17.5  PRIMARY PRODUCTION READ-ONLY  up 12d04h                      every 2s>6s  12:00:00 UTC",
			  "pgtop dba@db1:5432/shop  PRIMARY PRODUCTION READ-ONLY  every 2s>6s  12:00:00 UTC",
			  "pgtop PRIMARY PRODUCTION READ-ONLY  every 2s>6s 12:00:00 UTC",
			  "PRIMARY PRODUCTION READ-ONLY  every 2s>6s 12:00:00",
			  "PRIMARY PROD READ-ONLY    2s>6s 12:00:00",
			]
		`);
	});

	test('has the label of production as a word, bold and red, in the inverse of the line', () => {
		const label = barOf({columns: 80, production: 'signalled'}).find(({text}) => text === 'PRODUCTION');
		expect(label?.styles).toEqual(['bold', 'hurts', 'inverse']);
		expect(barText({columns: 80})).not.toContain('PROD');
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
