import fc from 'fast-check';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {clean, cleanLines} from '../../source/domain/text/clean.js';
import {plainText} from '../../source/lines/plain.js';
import type {Server} from '../../source/ports/connect.js';
import {isFailure} from '../../source/ports/failure.js';
import {connect} from '../../source/postgres/connect/connect.js';
import type {ConnectTarget} from '../../source/postgres/connect/connect-target.js';
import {startSentence} from '../../source/postgres/failures/start-sentence.js';
import {connectTo} from '../../source/postgres/open-server.js';
import {initialState} from '../../source/state/initial.js';
import {update} from '../../source/state/update.js';
import {startImpatientLiar} from '../helpers/network/liar.js';
import {
	challenge,
	cleartext,
	columns,
	complete,
	failure,
	hello,
	md5,
	notice,
	proof,
	ready,
	row,
	scram,
	welcome,
} from '../helpers/network/messages.js';
import {makeAuthority} from '../helpers/server/certificates.js';
import {letIn, startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {targetAt} from '../helpers/server/target.js';
import {never, orderOn} from '../helpers/session/scene.js';
import {usualSettings} from '../helpers/state/settings.js';
import {anyMessage, type Mutation, type Plan, startMutatingProxy} from './mutating-proxy.js';

const password = 'geheim und lang';
const certificate = makeAuthority('pgtop test').issue('server', {hosts: ['127.0.0.1']});

let cluster: TestCluster;

beforeAll(async () => {
	cluster = await startCluster();
	for (const [user, method, encryption] of [
		['mon', 'scram-sha-256', 'scram-sha-256'],
		['monsig', 'md5', 'md5'],
		['su2', 'password', 'scram-sha-256'],
	] as const) {
		await cluster.observe(`set password_encryption = '${encryption}'`);
		await cluster.observe(`alter role ${user} password '${password}'`);
		await letIn(cluster, user, method);
	}
});

afterAll(async () => cluster?.stop());

/** A sentence of ours, or of the server: one line, not too long, and no library's words. */
function isSentence(text: string): boolean {
	return (
		text !== '' &&
		text.length <= 300 &&
		clean(text) === text &&
		!/is not (?:a function|iterable|defined)|undefined|Cannot read|TypeError|RangeError|ERR_|\[object|NaN|invalid response|SASL:/.test(
			text,
		)
	);
}

/** Everything that a picture is made of, and all else that a server is asked. */
async function askEverything(server: Server, say: (text: string) => void): Promise<void> {
	const failed = (error: unknown) => {
		if (!isFailure(error)) throw error;
		say(error.sentence);
	};
	const snapshot = await server.sample().catch(failed);
	const rights = await server.inspector.rights().catch(failed);
	await server.inspector.names().catch(failed);
	if (!snapshot) return;
	const begun = initialState({...usualSettings, isDryRun: true}, {columns: 80, rows: 24}, 0, server);
	const [drawn] = update(begun, {type: 'sampled', snapshot}, 0);
	const [judged] = rights ? update(drawn, {type: 'rights-read', rights}, 0) : [drawn];
	const picture = plainText(judged, undefined);
	expect(cleanLines(picture)).toBe(picture);
	const {ownPid} = snapshot;
	const inspected = await server.inspector.inspect(ownPid).catch(failed);
	await server.inspector.facts([ownPid, 1]).catch(failed);
	await server.signaller?.look([ownPid, 1]).catch(failed);
	await server.signaller?.locks(ownPid).catch(failed);
	if (inspected) update(judged, {type: 'inspected', inspected}, 0);
	const order = await orderOn(server, ownPid, 'cancel').catch(error => {
		if (error instanceof Error && /is not in the picture/.test(error.message)) return undefined;
		return failed(error);
	});
	if (order) await server.signaller?.signal([order])[0];
}

/** Logs in and asks; what is said of it on the way. */
async function visit(target: ConnectTarget): Promise<readonly string[]> {
	const said: string[] = [];
	const login = await connect(target);
	if (login.type === 'failed') return [startSentence(login)];
	const open = connectTo(target, login, {signals: 'dry', sender: 'fuzz', interrupt: async () => {}} as never);
	try {
		const server = await open(({sentence}) => said.push(sentence), never);
		await askEverything(server, text => said.push(text));
		server.close();
	} catch (error) {
		if (!isFailure(error)) throw error;
		said.push(error.sentence);
	}

	return said;
}

const bytes = fc.uint8Array({maxLength: 40});
const letter = fc.constantFrom(...Array.from('REKSZTDCNAIGHWdcv123nstVp', one => one.charCodeAt(0)));
const foreign = fc.oneof(
	bytes,
	fc.tuple(letter, bytes).map(([type, body]) => anyMessage(type, body)),
	fc.constantFrom<Uint8Array>(
		welcome,
		cleartext,
		md5,
		scram,
		challenge('r=x,s=eA==,i=1'),
		proof('v=eA=='),
		ready,
		columns('a'),
		row('a'),
		complete('SELECT 1'),
		notice('x'),
		failure('ERROR', '42501', 'no'),
		failure('FATAL', '57P01', 'over'),
		hello,
	),
);

const how = fc.oneof(
	fc.constantFrom('drop', 'twice', 'after the next', 'end').map(one => ({how: one}) as const),
	fc.record({how: fc.constant('flip' as const), offset: fc.nat(5000), bits: fc.integer({min: 1, max: 255})}),
	fc.record({
		how: fc.constant('claim' as const),
		length: fc.oneof(fc.constantFrom(0, 3, 4, 0x7fffffff, -1, 30_001, 16 * 1024 ** 2 + 1), fc.nat(5000)),
	}),
	fc.record({how: fc.constant('cut' as const), left: fc.nat(5000)}),
	fc.record({how: fc.constant('scramble' as const), bytes: fc.uint8Array({minLength: 1, maxLength: 30})}),
	fc.record({how: fc.constantFrom('before' as const, 'behind' as const, 'instead' as const), bytes: foreign}),
);

const mutation: fc.Arbitrary<Mutation> = fc
	.tuple(fc.oneof(fc.nat(25), fc.nat(200)), how)
	.map(([at, one]) => ({at, ...one}));

const plan: fc.Arbitrary<Plan> = fc.record({
	mutations: fc.array(mutation, {minLength: 1, maxLength: 3}),
	pieces: fc.oneof(fc.constant([]), fc.array(fc.integer({min: 1, max: 50}), {maxLength: 100})),
});

/** How many servers are made up; PGTOP_TEST_FUZZ=10000 looks longer. */
const runs = Number(process.env.PGTOP_TEST_FUZZ ?? 30);

test.each([
	['SCRAM', 'mon', false],
	['SCRAM and TLS', 'mon', true],
	['md5', 'monsig', false],
	['a password in clear', 'su2', false],
] as const)(
	'whatever becomes of the words of a server with %s, it is told in a sentence, and gets one password',
	async (_, user, hasTls) => {
		const proxy = await startMutatingProxy(
			cluster,
			hasTls ? {cert: certificate.pem, key: certificate.keyPem()} : undefined,
		);
		const usual = targetAt({...proxy, user, database: 'appdb', password});
		const target = {...usual, tls: {...usual.tls, mode: hasTls ? 'require' : 'disable'}} as const;
		proxy.change({mutations: [], pieces: []});
		expect(await visit(target)).toEqual([]);
		await fc.assert(
			fc.asyncProperty(plan, async planned => {
				proxy.change(planned);
				const said = await visit(target);
				expect(said.filter(one => !isSentence(one))).toEqual([]);
				const types = proxy.sent().map(({type}) => type);
				const words = proxy
					.sent()
					.map(one => one.words)
					.join('');
				expect(types.filter(type => type === 'p').length).toBeLessThanOrEqual(user === 'mon' ? 2 : 1);
				expect(types.lastIndexOf('p')).toBeLessThan(types.includes('Q') ? types.indexOf('Q') : types.length);
				// A server that is made to ask for it in clear gets it, as from psql.
				expect(words.split(password).length - 1).toBeLessThanOrEqual(1);
			}),
			{numRuns: runs},
		);
	},
);

const script = fc.array(
	fc.array(foreign, {minLength: 1, maxLength: 4}).map(parts => Buffer.concat(parts)),
	{minLength: 1, maxLength: 8},
);
/** What TLS consists of: a letter that agrees, a record of an alert, of a handshake, and anything. */
const tlsAnswer = fc
	.array(
		fc.oneof(
			fc.constantFrom(Buffer.from('S'), Buffer.from([21, 3, 3, 0, 2, 2, 40]), Buffer.from([22, 3, 3, 0, 4])),
			foreign,
		),
		{minLength: 1, maxLength: 4},
	)
	.map(parts => Buffer.concat(parts));

test.each([
	['without TLS', 'disable'],
	['that is asked for TLS', 'prefer'],
	['that has to have TLS', 'require'],
] as const)(
	'whatever a server says that is none, %s, it is told in a sentence, and no password goes to one that has not asked',
	async (_, mode) => {
		await fc.assert(
			fc.asyncProperty(tlsAnswer, script, async (tls, answers) => {
				const liar = await startImpatientLiar(200, ...(mode === 'disable' ? [] : [{tls}]), ...answers);
				const target = targetAt({host: liar.host, port: liar.port, user: 'dba', database: 'shop', password});
				const said = await visit({...target, tls: {...target.tls, mode}});
				expect(said.filter(one => !isSentence(one))).toEqual([]);
				expect(said).not.toEqual([]);
				expect(liar.heard().split(password).length - 1).toBeLessThanOrEqual(mode === 'prefer' ? 2 : 1);
				expect(mode === 'require' && liar.heard().includes(password)).toBe(false);
			}),
			{numRuns: runs},
		);
	},
);
