import {readFile} from 'node:fs/promises';
import {afterAll, expect, test, vi} from 'vitest';
import {limit} from '../../helpers/limit.js';
import {startLiar} from '../../helpers/network/liar.js';
import {endTerminals, start} from '../../helpers/terminal/terminal.js';

afterAll(endTerminals);

test.each([[[]], [['--once']]])(
	'a password in a URI, with %j, is not in the list of processes',
	async words => {
		const liar = await startLiar(Buffer.alloc(0));
		const terminal = start([`postgresql://dba:geheim@${liar.host}:${liar.port}/shop`, ...words], {
			env: {PGCONNECT_TIMEOUT: '0'},
		});
		await vi.waitUntil(() => liar.heard().includes('application_name'), {timeout: limit});
		const listed = await readFile(`/proc/${terminal.pid}/cmdline`, 'utf8');
		expect(listed.replace(/\0+$/, '')).toBe('pgtop');
		await terminal.end();
	},
);
