import fc from 'fast-check';
import {expect, test} from 'vitest';
import {linesOfKeys} from '../../../source/run/configuration/lines-of-keys.js';
import {parseToml} from '../../../source/run/configuration/toml.js';

function lineIn(text: string, ...path: readonly string[]): number {
	const lines = linesOfKeys(text);
	return lines.type === 'lines' ? lines.lineOf(path) : Number.NaN;
}

test.each<[text: string, path: readonly string[], line: number]>([
	['a = 1\nb = 2', ['b'], 2],
	['\n\n# b = 1\nb = 2', ['b'], 4],
	['a = [\n1,\n2\n]\nb = 2', ['a'], 1],
	['a = [\n1,\n2\n]\nb = 2', ['b'], 5],
	['a = """\n[b]\nb = 1\n"""\nb = 2', ['b'], 5],
	["a = '''\nb = ]\n'''\r\nb = 2", ['b'], 4],
	['a = [ # ]\n"]", "}",\n]\nb = 2', ['b'], 4],
	['a = {b = 1,\n c = 2}\n[d]', ['d'], 3],
	['[a]\nb = 1\n[c]\nb = 1', ['c', 'b'], 4],
	['[a]\nb = 1\n[a.c]\nd = 1', ['a', 'c', 'd'], 4],
	['[a.b]\nc = 1', ['a'], 1],
	['a.b.c = 1', ['a', 'b', 'c'], 1],
	['[a]\nb = {c = {d = 1}}', ['a', 'b', 'c'], 2],
	['[ "a.b" ] # c\nd = 1', ['a.b', 'd'], 2],
	['["__proto__"]\n\nconstructor = 1', ['__proto__', 'constructor'], 3],
	['a = 1', ['none'], 1],
	['\n[a]\nb = 1', ['a', 'none'], 2],
])('in %j %j stands on line %i', (text, path, line) => {
	expect(parseToml(text).type).toBe('toml');
	expect(lineIn(text, ...path)).toBe(line);
});

test('whatever values of several lines stand before a key, its line is its own', () => {
	const value = fc.constantFrom(
		'1',
		'"]"',
		'[\n]',
		'[\n"a", # ]\n["""\n]"""]\n]',
		'"""\n\\"""]\n"""',
		"'''\n[x]\ny = 1\n'''",
		'{a = [\n1\n]}',
		'2026-01-01',
	);
	fc.assert(
		fc.property(fc.array(value, {maxLength: 6}), values => {
			const text = values.map((one, index) => `k${index} = ${one}\n`);
			for (const index of values.keys())
				expect(lineIn(text.join(''), `k${index}`)).toBe(text.slice(0, index).join('').split('\n').length);
		}),
	);
});
