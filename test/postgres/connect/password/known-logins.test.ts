import {writeFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {secret} from '../../../../source/domain/text/secrets/secret.js';
import type {Failed} from '../../../../source/postgres/connect/connect.js';
import type {Attempt, ConnectTarget} from '../../../../source/postgres/connect/connect-target.js';
import {type KnownLogins, knowLogins} from '../../../../source/postgres/connect/password/known-logins.js';
import {withPasswordWanted} from '../../../../source/postgres/connect/session/refusal.js';
import {faultOf, needPassword} from '../../../../source/postgres/failures/errors.js';
import {attemptAt, targetAt} from '../../../helpers/server/target.js';

let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-'));
});

afterAll(async () => rm(folder, {recursive: true, force: true}));

const attempt = attemptAt();
const refused: Failed = {
	type: 'failed',
	fault: withPasswordWanted(faultOf({severity: 'FATAL', code: '28P01', message: 'wrong password'})),
	attempt,
};
const wanted: Failed = {type: 'failed', fault: needPassword(attempt), attempt};
const nobody: Failed = {type: 'failed', fault: faultOf({code: 'ECONNREFUSED'}, attempt), attempt};

const passwordOf = (chosen: ConnectTarget | Failed) =>
	'type' in chosen
		? chosen.fault.kind
		: chosen.places[0].passwordFrom === '--password-command'
			? 'by command'
			: chosen.places[0].password;

type Again = Parameters<KnownLogins['choose']>[0];

const unrefused: Again = {type: 'unrefused'};
const asTold: Again = {type: 'as told'};
const typed = (password: string): Again => ({type: 'typed', password: secret(password)});

/** Tries in this way, with this outcome, and says with which password. */
const tryWith = async (logins: KnownLogins, again: Again, outcome: Failed | 'connected') => {
	const chosen = await logins.choose(again);
	if (!('type' in chosen))
		logins.note(
			chosen,
			outcome === 'connected' ? ({type: 'connected'} as Parameters<KnownLogins['note']>[1]) : outcome,
		);
	return passwordOf(chosen);
};

const known = (given: Partial<Attempt>) => knowLogins(targetAt(given));

test('by itself it says what let us in last', async () => {
	const logins = known({password: 'old'});
	expect(await tryWith(logins, undefined, nobody)).toBe('old');
	expect(await tryWith(logins, undefined, refused)).toBe('old');
	expect(await tryWith(logins, typed('new'), 'connected')).toBe('new');
	expect(await tryWith(logins, undefined, nobody)).toBe('new');
});

test('what was refused is not said again for a key, but when a person wants that', async () => {
	const logins = known({password: 'old'});
	expect(await tryWith(logins, unrefused, refused)).toBe('old');
	expect(await tryWith(logins, unrefused, refused)).toBe('auth');
	expect(await tryWith(logins, typed('wrong'), refused)).toBe('wrong');
	expect(await tryWith(logins, unrefused, refused)).toBe('auth');
	expect(await tryWith(logins, asTold, 'connected')).toBe('old');
	expect(await tryWith(logins, unrefused, nobody)).toBe('old');
});

test('no password at all is not tried twice either', async () => {
	const logins = known({});
	expect(await tryWith(logins, undefined, wanted)).toBe(undefined);
	expect(await tryWith(logins, unrefused, wanted)).toBe('need-password');
	expect(await tryWith(logins, typed('right'), 'connected')).toBe('right');
});

test('what was typed while nobody answered is said to the server that answers', async () => {
	const logins = known({password: 'old'});
	await tryWith(logins, undefined, refused);
	expect(await tryWith(logins, typed('new'), nobody)).toBe('new');
	expect(await tryWith(logins, undefined, nobody)).toBe('new');
	expect(await tryWith(logins, undefined, 'connected')).toBe('new');
});

test('when what was typed is refused one day what was refused before is not said again', async () => {
	const logins = known({password: 'old'});
	await tryWith(logins, undefined, refused);
	await tryWith(logins, typed('new'), 'connected');
	expect(await tryWith(logins, undefined, refused)).toBe('new');
	expect(await tryWith(logins, unrefused, refused)).toBe('auth');
	expect(await tryWith(logins, asTold, 'connected')).toBe('old');
	await tryWith(logins, undefined, refused);
	expect(await tryWith(logins, typed('new'), 'connected')).toBe('new');
});

test('the password file is read each time, and tried when it says another one', async () => {
	const passwordFile = join(folder, 'passwords');
	const write = (password: string) => writeFileSync(passwordFile, `*:*:*:*:${password}\n`, {mode: 0o600});
	write('old');
	const logins = known({passwordFile});
	expect(await tryWith(logins, undefined, refused)).toBe('old');
	expect(await tryWith(logins, unrefused, refused)).toBe('auth');
	write('new');
	expect(await tryWith(logins, unrefused, refused)).toBe('new');
	expect(await tryWith(logins, unrefused, refused)).toBe('auth');
	write('newest');
	expect(await tryWith(logins, asTold, 'connected')).toBe('newest');
});

test('a command is asked each time', async () => {
	const logins = known({passwordCommand: 'token', passwordFrom: '--password-command'});
	expect(await tryWith(logins, undefined, refused)).toBe('by command');
	expect(await tryWith(logins, unrefused, refused)).toBe('by command');
	expect(await tryWith(logins, typed('typed'), 'connected')).toBe('typed');
	expect(await tryWith(logins, undefined, refused)).toBe('typed');
	expect(await tryWith(logins, unrefused, refused)).toBe('by command');
});
