import {expect, test} from 'vitest';
import {openJob} from '../../../source/run/screen/job.js';

test('a suspension that has failed does not keep the terminal from being put back', async () => {
	const fault = new Error('the terminal can not be lent');
	const job = openJob({
		async lend() {
			throw fault;
		},
		onStop() {},
		onBack() {},
		isEnding: () => true,
	});
	await expect(job.suspend()).rejects.toBe(fault);
	await expect(job.release()).resolves.toBeUndefined();
});
