import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../source/domain/session/backend.js';
import {
	executeOf,
	type Grantee,
	grantOf,
	maySignal,
	type Rights,
	whyNotSignalled,
} from '../../../source/domain/session/rights.js';
import {allRights, backend, invisible, noRights, processOf} from '../../helpers/state/backend.js';

const cancels = 'pg_catalog.pg_cancel_backend(integer)';
const encode = 'pg_catalog.encode(bytea, text)';
const terminates = 'pg_catalog.pg_terminate_backend(integer, bigint)';

describe('a GRANT helps the role that it is given to', () => {
	test.each<[what: string, grantee: Grantee, statement: string]>([
		[
			'as it is, where the role inherits',
			{name: '"app"', inheritsBy: 'itself'},
			'GRANT pg_signal_backend TO "app"',
		],
		[
			'with INHERIT, of a NOINHERIT role from 16 on',
			{name: '"app"', inheritsBy: 'option'},
			'GRANT pg_signal_backend TO "app" WITH INHERIT TRUE',
		],
		[
			'with an attribute, of a NOINHERIT role before 16',
			{name: '"app"', inheritsBy: 'attribute'},
			'GRANT pg_signal_backend TO "app"; ALTER ROLE "app" INHERIT',
		],
		['in words, where its name is not safe to paste', {inheritsBy: 'option'}, 'the role pg_signal_backend'],
	])('%s', (_, grantee, statement) => {
		expect(grantOf('pg_signal_backend', grantee)).toBe(statement);
	});

	test('or it is one on the function, where EXECUTE is revoked', () => {
		expect(executeOf(cancels, {name: '"app"', inheritsBy: 'option'})).toBe(
			`GRANT EXECUTE ON FUNCTION ${cancels} TO "app"`,
		);
		expect(executeOf(cancels, {inheritsBy: 'itself'})).toBe(`EXECUTE on ${cancels}`);
	});
});

describe('why a session can not be signalled', () => {
	const session = backend(4388);
	const worker = processOf(61, 'autovacuum worker', {userId: undefined});
	const ofRole = (facts: Partial<Rights>): Rights => ({...noRights, ...facts});

	test.each<[what: string, one: Backend, rights: Rights, why: string | undefined]>([
		['that of a superuser, by a superuser', session, allRights, undefined],
		['that of its own role', session, ofRole({owners: {10: 'own'}}), undefined],
		['that of a role that came since', backend(4388, {userId: 77}), noRights, undefined],
		['that of another role', session, noRights, 'needs GRANT pg_signal_backend TO "plain"'],
		[
			'that of another role, by one that does not inherit',
			session,
			ofRole({grantee: {name: '"plain"', inheritsBy: 'option'}}),
			'needs GRANT pg_signal_backend TO "plain" WITH INHERIT TRUE',
		],
		['that of another role, with the right to', session, ofRole({signalsAll: true}), undefined],
		[
			'that of a superuser, with the right to all others',
			session,
			ofRole({signalsAll: true, owners: {10: 'superuser'}}),
			'superuser only: nobody here can',
		],
		['an autovacuum worker, on 18', worker, noRights, 'needs GRANT pg_signal_autovacuum_worker TO "plain"'],
		[
			'an autovacuum worker, before 18',
			worker,
			ofRole({hasAutovacuumRole: false}),
			'superuser only: nobody here can',
		],
		[
			'what belongs to nobody and may not be seen',
			invisible(61, {userId: undefined}),
			noRights,
			'superuser only, unless it is an autovacuum worker',
		],
		[
			'the checkpointer',
			processOf(51, 'checkpointer', {userId: undefined}),
			allRights,
			"SQL can't signal it",
		],
		[
			'any, where both functions are revoked',
			session,
			ofRole({signalsAll: true, revoked: {cancel: [cancels], terminate: [terminates]}}),
			`needs GRANT EXECUTE ON FUNCTION ${cancels}, ${terminates} TO "plain"`,
		],
		[
			'any, where a function that the guard calls is revoked',
			session,
			ofRole({signalsAll: true, revoked: {cancel: [encode], terminate: [encode]}}),
			`needs GRANT EXECUTE ON FUNCTION ${encode} TO "plain"`,
		],
		[
			'one with one of both keys, where one function is revoked',
			session,
			ofRole({signalsAll: true, revoked: {cancel: [cancels]}}),
			undefined,
		],
	])('%s', (_, one, rights, why) => {
		expect(whyNotSignalled(one, rights)).toBe(why);
		expect(maySignal(one, rights)).toBe(why === undefined);
	});

	test('where both are missing both are said', () => {
		const rights = ofRole({revoked: {terminate: [terminates]}});
		expect(whyNotSignalled(session, rights, 'terminate')).toBe(
			`needs GRANT pg_signal_backend TO "plain"; GRANT EXECUTE ON FUNCTION ${terminates} TO "plain"`,
		);
	});

	test('with one key, where its function alone is revoked', () => {
		const rights = ofRole({signalsAll: true, revoked: {cancel: [cancels]}});
		expect(whyNotSignalled(session, rights, 'cancel')).toBe(
			`needs GRANT EXECUTE ON FUNCTION ${cancels} TO "plain"`,
		);
		expect(whyNotSignalled(session, rights, 'terminate')).toBeUndefined();
	});
});
