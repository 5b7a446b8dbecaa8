import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import process from 'node:process';
import {expect, test} from 'vitest';

test('the benchmark is built, and a mistake on its command line is told in a sentence', () => {
	const {status, stdout, stderr} = spawnSync(
		process.execPath,
		[join(import.meta.dirname, 'run.mjs'), '--warm', 'long'],
		{encoding: 'utf8'},
	);
	expect({status, stdout, stderr}).toEqual({
		status: 2,
		stdout: '',
		stderr: '--warm takes a number of seconds\n',
	});
});
