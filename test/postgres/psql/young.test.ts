import {afterAll, describe, expect, test} from 'vitest';
import {openComparison} from './comparison.js';
import {expected} from './differences.js';
import {findPsql, isPsql} from './psql.js';
import {young} from './young/all.js';

const comparison = await openComparison();
afterAll(async () => comparison.close());

const psql = findPsql();

describe.each(Object.entries(young))('%s', (_, its) => {
	test.concurrent.for(Object.entries(its))('%s: as documented', async ([name, case_], {skip}) => {
		const lack = comparison.lacks(case_);
		if (lack !== undefined) skip(lack);
		const pgtop = await comparison.ofPgtop(case_);
		expect(pgtop).toEqual(expected(name, case_.outcome, pgtop));
	});

	test.concurrent.for(Object.entries(its))('%s: as psql does here', async ([, case_], {skip}) => {
		const lack = isPsql(psql) ? comparison.lacks(case_) : psql;
		if (!isPsql(psql) || lack !== undefined) return skip(lack);
		if (psql.major < case_.since) skip(`psql ${psql.version} is too old for some parameters`);
		expect(await comparison.ofPsql(psql, case_)).toEqual(case_.outcome);
	});
});
