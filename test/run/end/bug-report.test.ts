import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {bugReport, bugSentence} from '../../../source/run/end/bug-report.js';
import {textsIn} from '../../../source/run/end/error-words.js';
import type {State} from '../../../source/state/state.js';
import {backend} from '../../helpers/state/backend.js';
import {lookingAt} from '../../helpers/state/play.js';

const marker = 'geheim';

/** Every text of it becomes another one, the keys of maps too, and those of objects whose keys are texts of others. */
function withTexts(value: unknown, text: string, key = ''): unknown {
	const within = (one: unknown, name?: string) => withTexts(one, text, name);
	if (typeof value === 'string') return text;
	if (typeof value === 'function') return () => text;
	if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
	if (Array.isArray(value)) return value.map(one => within(one));
	if (value instanceof Map) return new Map([...value].map(([of, one]) => [within(of), within(one)]));
	const entries = Object.entries(value);
	const isKeyed = key === 'owners' || key === 'widths';
	return Object.fromEntries(entries.map(([name, one]) => [isKeyed ? text : name, within(one, name)]));
}

const known = (state: unknown) => ({versions: ['pgtop 1.0.0'], environment: {}, state});
const reportOf = (state: unknown, error: unknown = new Error('provoked')) => bugReport(error, known(state));

const rich = {
	'a question about tags': lookingAt(backend(4388))
		.picture([backend(4388), backend(4389)])
		.types(' ')
		.types('k')
		.waits(100),
	'a filter that is typed': lookingAt(backend(4388)).types(`/user:${marker}`),
	'a key that waits': lookingAt(backend(4388)).types('k'),
	details: lookingAt(backend(4388)).types('\r'),
	'what is half a key': lookingAt(backend(4388)).types('\u001B['),
};

/** A text of a server or a person, with words that pgtop itself uses around it, too. */
const texts = fc.oneof(
	fc.constant(marker),
	fc.tuple(fc.string(), fc.string()).map(([before, after]) => `${before}${marker}${after}`),
	fc.constantFrom(`select '${marker}'`, `password=${marker}`, `terminate ${marker}`),
);

describe('the report of a bug', () => {
	test.each(Object.entries(rich))('has no text of others in it: %s', (_, {state}) => {
		fc.assert(
			fc.property(texts, text => {
				const report = reportOf({...(withTexts(state, text) as State), keys: {owners: {[text]: 'own'}}});
				expect(report).not.toContain(marker);
			}),
			{numRuns: 30},
		);
	});

	test('has no text of others where keys are texts, either', () => {
		expect(reportOf({rights: {owners: {[marker]: 'own'}}, map: new Map([[marker, marker]])})).not.toContain(
			marker,
		);
		expect(reportOf({any: {[`${marker} `]: 1}})).not.toContain(marker);
	});

	test('has the numbers of the state, its structure and the words of its own', () => {
		const {state} = lookingAt(backend(4388));
		const outline = JSON.parse(reportOf(state).split('state:\n')[1] ?? '');
		expect(outline.server.link).toEqual({type: 'up'});
		expect(outline.screen.layers).toEqual([{type: 'table'}]);
		expect(outline.screen.size).toEqual(state.screen.size);
		expect(outline.server.snapshot.backends[0]).toMatchObject({pid: 4388, type: '<text: 14>'});
	});

	test('has the first of a long list, and how many there are', () => {
		expect(JSON.parse(reportOf({pids: [5, 6, 7, 8, 9]}).split('state:\n')[1] ?? '')).toEqual({
			pids: [5, 6, 7, '5 in all'],
		});
	});

	test('names the last actions and when they were', () => {
		const actions = [{at: 12.34, type: 'sampled'}];
		expect(bugReport(new Error('provoked'), {...known(undefined), actions})).toMatch(
			/\nactions, in ms:\n {2}12\.3 sampled$/,
		);
	});

	test('says in which terminal and locale, in no other words than names', () => {
		const environment = {TERM: 'xterm', LANG: `C ${marker}`};
		const report = bugReport(new Error('provoked'), {versions: [], environment});
		expect(report).toMatch(/\nTERM xterm, locale <text: 8>, up \d+\.\ds\n/);
	});

	test('says where it was, without folders, and what it came from', () => {
		const error = new Error('provoked', {cause: new RangeError(`no "${marker} x"`)});
		error.stack = [
			`Error: provoked`,
			`    at draw (file:///home/${marker} (x)/dist/cli.js:1:2)`,
			`    at async /home/${marker}/dist/cli.js:3:4`,
			`    at Object.run [as ${marker}] (node:internal/timers:5:6)`,
			`    at ${marker}`,
		].join('\n');
		const report = reportOf(undefined, error);
		expect(report).toContain(
			'Error: provoked\n  at draw (cli.js:1:2)\n  at async cli.js:3:4\n  at Object.run (node:internal/timers:5:6)\nbecause of RangeError: no "..."\n',
		);
		expect(report).not.toContain(marker);
	});
});

describe('the sentence of a bug', () => {
	test.each<[thrown: unknown, sentence: string]>([
		[new RangeError('provoked'), 'RangeError: provoked'],
		[
			new TypeError("Cannot read properties of undefined (reading 'rows')"),
			"TypeError: Cannot read properties of undefined (reading 'rows')",
		],
		[new Error('relation "secret table" is "not" there'), 'Error: relation "..." there'],
		[
			new Error(`Unexpected token 's', "select 'a'"... is not JSON`),
			'Error: Unexpected token \'..."... is not JSON',
		],
		[new Error("it can't be"), "Error: it can't be"],
		[
			new Error('Invalid regular expression: /(geheim|b/: no end'),
			'Error: Invalid regular expression: /.../: no end',
		],
		[Object.assign(new Error('m'), {name: 'geheim name'}), 'Error: m'],
		['geheim', '"<text: 6>"'],
		[undefined, '"<undefined>"'],
		[null, 'null'],
		[{sentence: 5, text: 'geheim'}, '{"sentence":5,"text":"<text: 6>"}'],
	])('%s', (thrown, sentence) => {
		expect(bugSentence(thrown)).toBe(`a bug in pgtop ended it: ${sentence}`);
	});

	test('has nothing of what was known, quoted or not, and of an error of the system its code', () => {
		const known = textsIn([{of: ['geheim', new Map([['offen', 'auch geheim']])]}, 'abc']);
		expect(bugSentence(new Error('no abc, auch geheim, offen'), known)).toBe(
			'a bug in pgtop ended it: Error: no abc, ..., ...',
		);
		const system = Object.assign(new Error('getaddrinfo ENOTFOUND db.geheim'), {code: 'ENOTFOUND'});
		expect(bugSentence(system)).toBe('a bug in pgtop ended it: Error: ENOTFOUND');
	});

	test('quotes nothing that has blanks in it, whatever quotes are in that', () => {
		const quotes = fc.constantFrom('"', "'", '`', '/');
		fc.assert(
			fc.property(quotes, fc.string(), fc.string(), (quote, before, after) => {
				const message = `no such thing: ${quote}${before} ${marker} ${after}${quote}`;
				expect(bugSentence(new Error(message))).not.toContain(marker);
			}),
		);
	});
});
