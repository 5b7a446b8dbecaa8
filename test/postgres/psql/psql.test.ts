import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import process from 'node:process';
import {afterAll, describe, expect, test, vi} from 'vitest';
import type {Outcome} from './case.js';
import {subjects} from './cases/all.js';
import {openComparison} from './comparison.js';
import {differences, expected} from './differences.js';
import {findPsql, isPsql} from './psql.js';
import {readRecorded, writeRecorded} from './recorded.js';
import {young} from './young/all.js';

const cases = Object.values(subjects).flatMap(its => Object.entries(its));

const comparison = await openComparison();
afterAll(async () => comparison.close());

const psql = findPsql();

if (process.env.RECORD) {
	if (!isPsql(psql)) throw new Error(psql);
	const outcomes: Record<string, Outcome> = {};
	for (const [name, case_] of cases) outcomes[name] = await comparison.ofPsql(psql, case_);
	await writeRecorded({psql: psql.version, outcomes});
}

const recorded = await readRecorded();

// What a library has to warn of would be written over the screen.
const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
afterAll(() => {
	expect(warned).not.toHaveBeenCalled();
	warned.mockRestore();
});

describe.each(Object.entries(subjects))('%s', (_, its) => {
	test.concurrent.for(Object.entries(its))('%s: as recorded of psql', async ([name, case_], {skip}) => {
		const lack = comparison.lacks(case_);
		if (lack !== undefined) skip(lack);
		const pgtop = await comparison.ofPgtop(case_);
		expect(pgtop).toEqual(expected(name, recorded.outcomes[name] as Outcome, pgtop));
	});

	test.concurrent.for(Object.entries(its))('%s: as psql does here', async ([name, case_], {skip}) => {
		const lack = isPsql(psql) ? comparison.lacks(case_) : psql;
		if (!isPsql(psql) || lack !== undefined) return skip(lack);
		const live = await comparison.ofPsql(psql, case_);
		if (psql.version !== recorded.psql && JSON.stringify(live) !== JSON.stringify(recorded.outcomes[name]))
			skip(`psql ${psql.version} does otherwise than the recorded ${recorded.psql}`);
		// And that is what pgtop does.
		expect(live, 'RECORD=1 records it anew').toEqual(recorded.outcomes[name]);
	});
});

test('nobody is left on the servers', async () => {
	await expect.poll(() => comparison.sessions()).toBe(0);
});

test('no two cases have the same name, and each is recorded', () => {
	expect(Object.keys(recorded.outcomes)).toEqual(cases.map(([name]) => name));
});

describe('what differs on purpose', () => {
	const outcomes: Readonly<Record<string, Outcome>> = {
		...recorded.outcomes,
		...Object.fromEntries(
			Object.values(young).flatMap(its =>
				Object.entries(its).map(([name, {outcome}]) => [name, outcome] as const),
			),
		),
	};

	test.for(differences.flatMap(difference => difference.cases.map(name => ({name, ...difference}))))(
		'$name: psql does otherwise',
		({name, pgtop}) => {
			expect(outcomes[name]).toBeDefined();
			expect(outcomes[name]).not.toMatchObject(pgtop);
		},
	);

	test.for(differences)('the manual gives the reason under $manual', async ({manual}) => {
		const text = await readFile(join(import.meta.dirname, '../../../media/manual/connecting.md'), 'utf8');
		const [, section = ''] = /^## Differences from psql\n(.*)/ms.exec(text) ?? [];
		expect(section.split('\n').filter(line => line.startsWith(manual))).toHaveLength(1);
	});
});
