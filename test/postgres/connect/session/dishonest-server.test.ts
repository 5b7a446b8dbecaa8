import {describe, expect, test} from 'vitest';
import {connect} from '../../../../source/postgres/connect/connect.js';
import type {ConnectTarget} from '../../../../source/postgres/connect/connect-target.js';
import {type Said, startLiar} from '../../../helpers/network/liar.js';
import {
	challenge,
	cleartext,
	failure,
	md5,
	message,
	proof,
	ready,
	sasl,
	scram,
	welcome,
} from '../../../helpers/network/messages.js';
import {targetAt} from '../../../helpers/server/target.js';
import {targetOn} from '../../../helpers/session/scene.js';

const password = 'topsecret';

async function connectTo(port: number, rules: Partial<ConnectTarget> = {}) {
	const target = targetOn({host: '127.0.0.1', port}, rules);
	const [place] = target.places;
	return connect({...target, places: [{...place, password}]});
}

/** What a server says that goes on with the nonce which it was sent, as it should. */
const continued = (iterations: number) => (heard: Buffer) =>
	challenge(`r=${/r=([^,]*)$/.exec(heard.toString('latin1'))?.[1]}more,s=c2FsdA==,i=${iterations}`);

const wrongProof = proof('v=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=');

type Case = readonly [what: string, answers: readonly Said[], rules: Partial<ConnectTarget>, why: string];

/** What is refused before a password, or a proof that one is known, was sent. */
const refused: readonly Case[] = [
	[
		'asks for the password in clear after SCRAM, where only SCRAM is allowed',
		[scram, cleartext],
		{methods: ['scram-sha-256']},
		'asks for a password twice',
	],
	['asks for the password in clear after SCRAM', [scram, cleartext], {}, 'asks for a password twice'],
	['asks for it by md5 after SCRAM', [scram, md5], {}, 'asks for a password twice'],
	['begins SCRAM anew', [scram, scram], {}, 'asks for a password twice'],
	['asks for it twice in one piece', [Buffer.concat([md5, cleartext])], {}, 'asks for a password twice'],
	[
		'asks for it when it has let us in already',
		[Buffer.concat([welcome, cleartext])],
		{},
		'asks for a password after it let us in',
	],
	[
		'asks for a kind of login that is not allowed',
		[cleartext],
		{methods: ['scram-sha-256']},
		'asks for password',
	],
	[
		'offers channel binding where there is no TLS',
		[sasl('SCRAM-SHA-256-PLUS')],
		{},
		'offers channel binding without TLS',
	],
	[
		'offers channel binding beside the other without TLS',
		[sasl('SCRAM-SHA-256', 'SCRAM-SHA-256-PLUS')],
		{},
		'offers channel binding without TLS',
	],
	['lets us in and asks for no proof', [scram, welcome], {}, 'does not prove that it knows the password'],
	[
		'lets us in before it has seen the password',
		[Buffer.concat([md5, welcome, ready])],
		{},
		'lets us in without the password that it asks for',
	],
	['lets us in twice', [Buffer.concat([welcome, welcome, ready])], {}, 'lets us in twice'],
	[
		'goes on with a SCRAM that it has not begun',
		[continued(4096)],
		{},
		'does not keep to the order of SCRAM',
	],
	['proves what it was not asked for', [scram, wrongProof], {}, 'does not keep to the order of SCRAM'],
	[
		'goes on with SCRAM before we have begun',
		[Buffer.concat([scram, challenge('r=x,s=c2FsdA==,i=1')])],
		{},
		'does not keep to the order of SCRAM',
	],
	[
		'challenges twice in one piece',
		[scram, (heard: Buffer) => Buffer.concat([continued(1)(heard), continued(1)(heard)])],
		{},
		'does not keep to the order of SCRAM',
	],
	[
		'wants the password hashed for hours',
		[scram, continued(2_147_483_647)],
		{},
		'asks for more than 10 million rounds of SCRAM-SHA-256',
	],
	[
		'knows another nonce',
		[scram, challenge('r=other,s=c2FsdA==,i=1')],
		{},
		'does not answer as SCRAM-SHA-256 demands',
	],
	[
		'says nothing of SCRAM that is known',
		[sasl('SCRAM-SHA-512')],
		{},
		"wants a login by SCRAM-SHA-512, which pgtop can't do",
	],
	['wants OAuth', [sasl('OAUTHBEARER')], {}, "wants a login by OAuth, which pgtop can't do"],
	[
		'wants OAuth, as require_auth allows',
		[sasl('OAUTHBEARER')],
		{methods: ['oauth']},
		"wants a login by OAuth, which pgtop can't do",
	],
	['offers no kind of SCRAM', [sasl()], {}, "wants a kind of login that pgtop can't do"],
];

test.each(refused)('a server that %s gets nothing, and is refused', async (_, answers, rules, why) => {
	const liar = await startLiar(...answers);
	const connected = await connectTo(liar.port, rules);
	expect(connected).toMatchObject({type: 'failed', fault: {sentence: expect.stringContaining(why)}});
	expect(liar.heard()).not.toContain(password);
	expect(liar.heard()).not.toContain('md5');
	// SCRAM's proof begins with p=; the first message has none.
	expect(liar.heard()).not.toContain(',p=');
	await expect.poll(liar.open).toBe(0);
});

/** What is refused when it has our proof, which is good for this one time. */
test.each<Case>([
	[
		'lets us in without a proof of its own',
		[scram, continued(1), Buffer.concat([welcome, ready])],
		{},
		'does not prove that it knows the password',
	],
	[
		'has the wrong proof',
		[scram, continued(1), Buffer.concat([wrongProof, welcome, ready])],
		{},
		'does not answer as SCRAM-SHA-256 demands',
	],
	[
		'asks for the password in clear instead',
		[scram, continued(1), cleartext],
		{},
		'asks for a password twice',
	],
])('a server that %s after our proof is refused', async (_, answers, rules, why) => {
	const liar = await startLiar(...answers);
	expect(await connectTo(liar.port, rules)).toMatchObject({
		type: 'failed',
		fault: {sentence: expect.stringContaining(why)},
	});
	expect(liar.heard()).not.toContain(password);
	expect(liar.heard().split(',p=')).toHaveLength(2);
	await expect.poll(liar.open).toBe(0);
});

test('a server that asks for a password later, when the session has begun, loses it and gets none', async () => {
	const liar = await startLiar(Buffer.concat([welcome, ready]), cleartext);
	const connected = await connectTo(liar.port);
	if (connected.type === 'failed') throw new Error(connected.fault.sentence);
	const ended = new Promise(resolve => connected.client.once('end', resolve));
	await expect(connected.client.query('select 1')).rejects.toThrow();
	await ended;
	expect(liar.heard()).not.toContain(password);
});

describe('the old protocol', () => {
	const words = 'could not fork new process for connection: Cannot allocate memory';

	test.each([
		['in one piece', [Buffer.from(`E${words}\n\0`)]],
		['with nothing behind it', [Buffer.from(`E${words}\0`)]],
	])('a server that can begin no process says so, %s', async (_, answers) => {
		const liar = await startLiar(...answers);
		expect(await connectTo(liar.port)).toMatchObject({type: 'failed', fault: {sentence: words}});
	});

	test.each([
		[
			'prefer',
			/^127\.0\.0\.1:\d+ answers the request for TLS with an error \(without TLS: could not fork new process/,
		],
		['require', /^127\.0\.0\.1:\d+ answers the request for TLS with an error$/],
	] as const)('with sslmode=%s it says so to the request for TLS', async (mode, sentence) => {
		const liar = await startLiar({tls: Buffer.from(`E${words}\n\0`)}, Buffer.from(`E${words}\n\0`));
		const connected = await connectTo(liar.port, {tls: {...targetAt().tls, mode}});
		expect(connected).toMatchObject({type: 'failed', fault: {sentence: expect.stringMatching(sentence)}});
		expect(liar.heard()).not.toContain(password);
	});

	test('an E that never ends is no answer', async () => {
		const liar = await startLiar({endless: Buffer.from('Ecould not ')});
		expect(await connectTo(liar.port)).toMatchObject({
			type: 'failed',
			fault: {sentence: expect.stringContaining("does not speak PostgreSQL's protocol")},
		});
	});
});

test.each([
	['an error without a word', message('E', '\0'), /^the connection to 127\.0\.0\.1:\d+ failed$/],
	[
		'one that has a code alone',
		message('E', 'SFATAL\0C28P01\0', '\0'),
		/^the connection to 127\.0\.0\.1:\d+ failed \(28P01\)$/,
	],
	[
		'one that has blanks for a text',
		failure('FATAL', '28P01', ' \n\t'),
		/^the connection to 127\.0\.0\.1:\d+ failed \(28P01\)$/,
	],
	[
		'one that has an empty text',
		failure('FATAL', '28P01', ''),
		/^the connection to 127\.0\.0\.1:\d+ failed \(28P01\)$/,
	],
] as const)('%s is told in words of ours', async (_, error, sentence) => {
	const liar = await startLiar(error);
	expect(await connectTo(liar.port)).toMatchObject({
		type: 'failed',
		fault: {sentence: expect.stringMatching(sentence)},
	});
});

test.each([
	['a setting', {options: '-c geqo=off'}],
	["a database named as pgbouncer's own", {database: 'pgbouncer'}],
] as const)('what does not speak the protocol is no pooler, with %s neither', async (_, rules) => {
	const liar = await startLiar(Buffer.from('SSH-2.0-OpenSSH_9.2\r\n'));
	const connected = await connectTo(liar.port, rules);
	if (connected.type === 'connected') throw new Error('it let us in');
	expect(connected.fault.sentence).toMatch(/does not speak PostgreSQL's protocol$/);
	expect(connected.fault.hint ?? connected.fault.startHint).toBeUndefined();
});

test.each([
	['a password in clear', [cleartext], {}],
	['md5', [md5], {}],
	['settings in the startup message', [cleartext], {options: '-c geqo=off'}],
] as const)('a pooler that refuses %s by its only code has refused a login', async (_, asks, rules) => {
	const liar = await startLiar(...asks, failure('FATAL', '08P01', 'password authentication failed'));
	const connected = await connectTo(liar.port, rules);
	if (connected.type === 'connected') throw new Error('it let us in');
	const {hint, startHint, ...fault} = connected.fault;
	expect(fault).toMatchObject({kind: 'auth', isRetryable: false, wantsPassword: true});
	expect(hint ?? startHint).toBeUndefined();
});

test('a login that is refused without TLS is none to be tried again, whatever kept TLS away', async () => {
	const liar = await startLiar({tls: Buffer.from('E')}, cleartext, failure('FATAL', '28P01', 'no'));
	const {tls} = targetAt();
	const connected = await connectTo(liar.port, {tls: {...tls, mode: 'prefer'}});
	expect(connected).toMatchObject({
		type: 'failed',
		fault: {isRetryable: false, wantsPassword: true, sentence: expect.stringContaining('(without TLS: no)')},
	});
});

test('a request for a password that is longer than one is no welcome', async () => {
	const liar = await startLiar(Buffer.concat([message('R', Buffer.from([0, 0, 0, 3, 0])), ready]));
	expect(await connectTo(liar.port)).toMatchObject({
		type: 'failed',
		fault: {sentence: expect.stringContaining("does not speak PostgreSQL's protocol")},
	});
});
