import process from 'node:process';
import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {parseArguments} from '../../../source/run/start/argv.js';
import {options} from '../../../source/tables/options.js';

let title: string;

// Whoever calls meow has another title of the process after it.
beforeEach(() => {
	({title} = process);
	process.title = 'before';
});

afterEach(() => {
	process.title = title;
});

/** Whether meow has read these words. */
async function isMeows(words: readonly string[]): Promise<boolean> {
	await parseArguments(words, options);
	return process.title !== 'before';
}

describe('meow', () => {
	test.each([
		'',
		'shop',
		'shop dba',
		'-h db1 -p 5433 -U dba -d shop',
		'-hdb1 -p5433 -Udba shop',
		'--host=db1 --port 5433 --username dba --dbname=shop',
		'-W',
		'-Ww -h db1',
		'--no-password --password',
		'-- -x',
		'postgresql://dba@db1/shop',
		'--frobnicate',
		'-h',
		'a b c',
	])('is not loaded for %j: psql has the same', async line => {
		expect(await isMeows(line === '' ? [] : line.split(' '))).toBe(false);
	});

	test.each([
		'--interval 1',
		'-h db1 --once',
		'shop --read-only',
		'--confirm=always',
		'--help',
		'-?',
		'-V',
		'-h db1 --interval=fast',
	])('reads %j', async line => {
		expect(await isMeows(line.split(' '))).toBe(true);
	});

	test('would read what psql has, too, as it is read without it', async () => {
		const flag = fc.constantFrom(
			'-h',
			'-p',
			'-U',
			'-d',
			'-W',
			'-w',
			'--host',
			'--port=',
			'--dbname',
			'--password',
		);
		const value = fc.oneof(
			fc.constantFrom('db1', '5433', '', '-', '--', '"', '"shop"', "'x'", '__proto__', 'host=db1 port=1'),
			fc.constantFrom('--no-password', '--no-host', '-Wx', '-hdb1', '--host=a=b', '--username="dba"', '-U-w'),
			fc.string({unit: 'binary', maxLength: 6}),
		);
		const seen = {run: 0, bad: 0};
		await fc.assert(
			fc.asyncProperty(fc.array(fc.oneof(flag, value), {maxLength: 5}), async words => {
				const read = await parseArguments(words, options);
				if (read.type === 'run' || read.type === 'bad') seen[read.type]++;
				// Meow reads all of a call with a flag of ours.
				const flags = read.type === 'run' ? {flags: {...read.flags, once: true}} : {};
				expect(await parseArguments(['--once', ...words], options)).toEqual({...read, ...flags});
			}),
			{numRuns: 500},
		);
		expect(Math.min(seen.run, seen.bad)).toBeGreaterThan(50);
	});
});
