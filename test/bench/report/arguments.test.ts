import {expect, test} from 'vitest';
import {readArguments} from './arguments.js';

const planOf = (...words: readonly string[]) => {
	const plan = readArguments(words);
	if ('fault' in plan) throw new Error(plan.fault);
	return plan;
};

test('without arguments everything is measured, a minute after the start, and nothing is saved', () => {
	expect(planOf()).toMatchObject({backends: [20, 200, 2000], warm: 60, isSaved: false, node: undefined});
	expect(planOf().scripted).toContain(10_000);
});

test('a quick run measures less, for less time', () => {
	const [whole, quick] = [planOf(), planOf('--quick')];
	for (const name of ['warm', 'steady', 'held', 'starts', 'keys', 'frames', 'ended'] as const)
		expect(quick[name]).toBeLessThan(whole[name]);
	expect(whole.backends).toEqual(expect.arrayContaining([...quick.backends]));
	// The waits alone leave time for the rest of a minute.
	expect(quick.backends.length * (quick.warm + quick.steady) + quick.held).toBeLessThan(40);
});

test('what is given counts, in a quick run, too', () => {
	expect(planOf('--backends', '200,2000', '--warm=5', '--save', '--node', '/opt/node')).toMatchObject({
		backends: [200, 2000],
		warm: 5,
		isSaved: true,
		node: '/opt/node',
	});
	expect(planOf().soak).toBeUndefined();
	expect(planOf('--soak', '480')).toMatchObject({soak: 480});
	expect(planOf('--quick', '--backends=50,50', '--warm', '0')).toMatchObject({backends: [50], warm: 0});
});

test.each([
	[['--fast'], /^Unknown option '--fast': known are --quick, .*--soak$/],
	[['quick'], /^Unexpected argument 'quick'/],
	[['--quick=yes'], /^Option '--quick' does not take an argument: /],
	[['--node'], /^Option '--node <value>' argument missing: /],
	[['--backends', ''], /^--backends takes numbers from 20 to 5000, as in 200,2000$/],
	[['--soak', '0'], /^--soak takes a number of minutes$/],
	[['--backends', '200,'], /^--backends takes/],
	[['--backends', '19'], /^--backends takes/],
	[['--backends', '5001'], /^--backends takes/],
	[['--warm', '-1'], /--warm/],
	[['--warm', 'long'], /^--warm takes a number of seconds$/],
] as const)('%j is a mistake, told in a sentence', (words, sentence) => {
	const read = readArguments(words);
	expect(read).toEqual({fault: expect.stringMatching(sentence)});
	expect('fault' in read && read.fault).not.toMatch(/\n|\. /);
});
