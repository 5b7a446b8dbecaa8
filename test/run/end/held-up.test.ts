import {pbkdf2} from 'node:crypto';
import {open} from 'node:fs/promises';
import {promisify} from 'node:util';
import {expect, test} from 'vitest';
import {isHeldUp} from '../../../source/run/end/held-up.js';

/** Keeps every thread of Node.js at work for some time, with what is no file. */
const work = async () =>
	Promise.all(Array.from({length: 4}, async () => promisify(pbkdf2)('', '', 1_000_000, 64, 'sha512')));

test('an exit would have to wait for a file that is being closed, as a file system may do with what was written', async () => {
	const file = await open('/dev/null');
	const worked = work();
	const closed = file.close();
	expect(await isHeldUp()).toBe(true);
	await Promise.all([worked, closed]);
	expect(await isHeldUp()).toBe(false);
});
