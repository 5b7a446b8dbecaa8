import {once} from 'node:events';
import {chmod, symlink, writeFile} from 'node:fs/promises';
import {type AddressInfo, connect as connectSocket, createServer, type Server, type Socket} from 'node:net';
import {join} from 'node:path';
import {TLSSocket} from 'node:tls';
import type {Client} from 'pg';
import {afterAll, beforeAll, expect, onTestFinished, test} from 'vitest';
import {openClient} from '../../../../source/demo/open-client.js';
import type {PromptAnswer} from '../../../../source/ports/ask.js';
import {cancelRequest} from '../../../../source/postgres/cancel-request.js';
import {connect} from '../../../../source/postgres/connect/connect.js';
import type {ConnectTarget} from '../../../../source/postgres/connect/connect-target.js';
import {logIn} from '../../../../source/postgres/connect/log-in.js';
import type {SslMode, Tls} from '../../../../source/postgres/connect/settings/tls-settings.js';
import {makeAuthority} from '../../../helpers/server/certificates.js';
import {startCluster} from '../../../helpers/server/cluster.js';
import {newest} from '../../../helpers/server/servers.js';
import {type Server as Postgres, startServer} from '../../../helpers/server/start-server.js';
import {targetAt} from '../../../helpers/server/target.js';
import {codeOf} from '../../../helpers/session/scene.js';

const authority = makeAuthority('pgtop test');
const server = authority.issue('server', {hosts: ['127.0.0.1']});
let postgres: Postgres;
let observer: Client;
let proxy: Server;
let rootFile: string;
/** What each connection sent, in the order in which they were opened. */
let sent: Buffer[][] = [];
const sockets = new Set<Socket>();

beforeAll(async () => {
	const cluster = await startCluster();
	try {
		await cluster.halt('fast');
		const write = (name: string, text: string) => writeFile(join(cluster.data, name), text, {mode: 0o600});
		await write('server.crt', server.pem);
		await write('server.key', server.keyPem());
		await write('authority.crt', authority.pem);
		await write(
			'pg_hba.conf',
			'local all all trust\nhostnossl all plainly all scram-sha-256\nhostssl all plainly all reject\nhost all refused all scram-sha-256\nhost all all all trust\n',
		);
		postgres = await startServer(newest, cluster.data, {
			settings: {ssl: 'on', ssl_ca_file: 'authority.crt'},
			isStandby: false,
		});
	} finally {
		await cluster.stop();
	}

	await postgres.untilReady();
	const login = {user: 'postgres', database: 'postgres', application: 'observer'};
	observer = await openClient({host: postgres.folder, port: postgres.port}, login);
	rootFile = join(postgres.folder, 'root.crt');
	await writeFile(rootFile, authority.pem);
	proxy = createServer(client => {
		const upstream = connectSocket(postgres.port, '127.0.0.1');
		const words: Buffer[] = [];
		sent.push(words);
		client.on('data', bytes => words.push(bytes));
		client.pipe(upstream).pipe(client);
		for (const socket of [client, upstream]) {
			sockets.add(socket);
			socket.on('error', () => {});
		}
	}).listen(0, '127.0.0.1');
	await once(proxy, 'listening');
});

afterAll(async () => {
	await observer?.end();
	proxy?.close();
	for (const socket of sockets) socket.destroy();
	await postgres?.stop();
});

const cancelCode = Buffer.from([0x04, 0xd2, 0x16, 0x2e]);

test.each<[mode: SslMode, isEncrypted: boolean]>([
	['verify-full', true],
	['prefer', true],
	['disable', false],
])('under sslmode=%s the CancelRequest goes as the session does', async (mode, isEncrypted) => {
	sent = [];
	const {port} = proxy.address() as AddressInfo;
	const tls = {...targetAt().tls, mode, rootFile};
	const target = targetAt({host: '127.0.0.1', port, user: 'postgres', database: 'postgres', tls});
	const connected = await connect(target);
	if (connected.type === 'failed') throw new Error(connected.fault.sentence);
	const {client, reopen} = connected;
	const {rows} = await client.query('select ssl from pg_stat_ssl where pid = pg_backend_pid()');
	expect(rows).toEqual([{ssl: isEncrypted}]);

	const sleeping = codeOf(client.query('select pg_sleep(60)'));
	const {processID, secretKey} = client as typeof client & {processID: number; secretKey: number};
	const active = "select from pg_stat_activity where state = 'active' and query ~ '^select pg_sleep'";
	await expect.poll(async () => (await observer.query(active)).rowCount).toBe(1);
	await cancelRequest(reopen, processID, secretKey);
	expect(await sleeping).toBe('57014');
	expect(sent.map(words => Buffer.concat(words).includes(cancelCode))).toEqual([false, !isEncrypted]);
	await client.end();
});

test('a password that is wanted only without TLS is asked for, too', async () => {
	await observer.query("create role plainly login password 'x'");
	const tls = {...targetAt().tls, mode: 'prefer'} as const;
	const target = targetAt({
		host: '127.0.0.1',
		port: postgres.port,
		user: 'plainly',
		database: 'postgres',
		tls,
	});
	const questions: string[] = [];
	const typing = (password: string) => async (question: string) => {
		questions.push(question);
		return {type: 'password', password} as const;
	};
	const loggedIn = await logIn(target, typing('x'));
	expect(loggedIn.type).toBe('connected');
	if (loggedIn.type === 'connected') await loggedIn.client.end();
	expect(questions).toHaveLength(1);
	const refused = await logIn(target, typing('wrong'));
	expect(refused.type === 'failed' && refused.fault.sentence).toMatch(
		/^pg_hba.conf rejects .*SSL encryption \(without TLS: password authentication failed for user "plainly"\)$/,
	);
	expect(refused).toMatchObject({fault: {wantsPassword: true}});
});

test('a password that was refused over TLS is not said again without', async () => {
	await observer.query("create role refused login password 'x'");
	const {port} = proxy.address() as AddressInfo;
	const tls = {...targetAt().tls, mode: 'prefer'} as const;
	const target = targetAt({
		host: '127.0.0.1',
		port,
		user: 'refused',
		database: 'postgres',
		tls,
		password: 'wrong',
	});
	sent = [];
	expect(await connect(target)).toMatchObject({
		fault: {sentence: 'password authentication failed for user "refused"', wantsPassword: true},
	});
	expect(sent).toHaveLength(1);
	sent = [];
	const [{password: _, ...place}] = target.places;
	expect(await connect({...target, places: [place], passwordCommand: 'echo wrong'})).toMatchObject({
		fault: {sentence: 'password authentication failed for user "refused"'},
	});
	expect(sent).toHaveLength(1);
});

const certificate = authority.issue('postgres');

const fileOf = async (name: string, text: string, mode = 0o600) => {
	const file = join(postgres.folder, name);
	await writeFile(file, text);
	await chmod(file, mode);
	return file;
};

const {revocationFile: _, ...usual} = targetAt().tls;

/** Over TCP, with these settings of TLS. */
const directly = (tls: Partial<Tls>, host = '127.0.0.1') =>
	targetAt({
		host,
		port: postgres.port,
		user: 'postgres',
		database: 'postgres',
		tls: {...usual, mode: 'require', rootFile, ...tls},
	});

const faultOf = async (target: ConnectTarget) => {
	const connected = await connect(target);
	if (connected.type === 'connected') await connected.client.end();
	return connected.type === 'failed' ? connected.fault.sentence : 'connected';
};

test('what keeps TLS from beginning is one sentence that names the file or the host', async () => {
	const here = `127.0.0.1:${postgres.port}`;
	const stranger = await fileOf('stranger.crt', makeAuthority('stranger').pem);
	const certificateFile = await fileOf('client.crt', certificate.pem);
	const open = await fileOf('open.key', certificate.keyPem(), 0o644);
	const other = await fileOf('other.key', authority.issue('other').keyPem());
	const empty = await fileOf('empty.pem', '');
	const circle = join(postgres.folder, 'circle');
	await symlink(circle, circle);
	const revoked = await fileOf('root.crl', authority.revoke(server));
	const cases: readonly (readonly [Partial<Tls>, string, string?])[] = [
		[
			{rootFile: stranger},
			`${here}: its certificate is not trusted: its authority is not known (trusted is what ${stranger} has)`,
		],
		[
			{revocationFile: revoked},
			`${here}: its certificate is not trusted: it was revoked (trusted is what ${rootFile} has)`,
		],
		[
			{mode: 'verify-full'},
			`localhost:${postgres.port}: the certificate of the server is for 127.0.0.1, server, not for localhost`,
			'localhost',
		],
		[
			{mode: 'verify-ca', rootFile: '/none'},
			'sslmode=verify-ca needs a root certificate, and there is no file /none: name one with sslrootcert, or say sslmode=verify-full sslrootcert=system',
		],
		[
			{mode: 'verify-full', rootFile: '/none'},
			'sslmode=verify-full needs a root certificate, and there is no file /none: name one with sslrootcert, or say sslrootcert=system',
		],
		[{rootFile: empty}, `the file ${empty} has no root certificate that could be read`],
		[
			{rootFile: postgres.folder},
			`the file ${postgres.folder} with the root certificates can't be read: it is a directory`,
		],
		[
			{mode: 'verify-ca', rootFile: circle},
			`${circle} can't be looked at (its symbolic links go round in a circle)`,
		],
		[
			{revocationDirectory: '/none'},
			"the directory /none with revocation lists can't be read: there is no such file",
		],
		[{revocationDirectory: postgres.folder}, `the directory ${postgres.folder} has no revocation list`],
		[{maxVersion: 'TLSv1.1', minVersion: 'TLSv1.1'}, `TLS with ${here} failed: `],
		[
			{certificateFile: postgres.folder},
			`the certificate file ${postgres.folder} can't be read: it is a directory`,
		],
		[
			{certificateFile, keyFile: circle},
			`the key file ${circle} can't be read: its symbolic links go round in a circle`,
		],
		[
			{certificateFile, keyFile: '/none'},
			`the key file /none is missing, and there is a certificate ${certificateFile}`,
		],
		[
			{certificateFile, keyFile: open},
			`the key file ${open} is open to group or others (chmod 600 makes it private)`,
		],
		[{certificateFile, keyFile: postgres.folder}, `the key file ${postgres.folder} is no plain file`],
		[{certificateFile, keyFile: empty}, `the key file ${empty} holds no key that could be read`],
		[{certificateFile: empty, keyFile: other}, `the file ${empty} has no certificate that could be read`],
		[
			{certificateFile, keyFile: other},
			`the certificate in ${certificateFile} and the key in ${other} don't belong together`,
		],
	];
	for (const [tls, sentence, host] of cases) expect(await faultOf(directly(tls, host))).toContain(sentence);
	expect(await faultOf(directly({}))).toBe('connected');
});

test.each(['TLSv1.2', 'TLSv1.3'] as const)(
	'a certificate that the server refuses is named, in %s, where its word comes after the handshake, too',
	async maxVersion => {
		const forged = makeAuthority('stranger').issue('postgres');
		const certificateFile = await fileOf('forged.crt', forged.pem);
		const keyFile = await fileOf('forged.key', forged.keyPem());
		// Whether its last word is read before the end of the connection is chance.
		await expect
			.poll(() => faultOf(directly({certificateFile, keyFile, maxVersion})))
			.toBe(
				`127.0.0.1:${postgres.port} refused the certificate ${certificateFile}: its authority is not known there`,
			);
	},
);

test('a server that wants a certificate, and gets none, says so after the handshake', async () => {
	const strict = createServer(socket => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.once('data', () => {
			socket.write('S');
			const options = {cert: server.pem, key: server.keyPem(), ca: authority.pem};
			new TLSSocket(socket, {isServer: true, requestCert: true, rejectUnauthorized: true, ...options}).on(
				'error',
				() => {},
			);
		});
	}).listen(0, '127.0.0.1');
	await once(strict, 'listening');
	onTestFinished(() => void strict.close());
	const {port} = strict.address() as AddressInfo;
	const target = targetAt({host: '127.0.0.1', port, tls: {...usual, mode: 'require', rootFile}});
	await expect
		.poll(() => faultOf(target))
		.toBe(`127.0.0.1:${port} wants a certificate, and none was sent: sslcert names one`);
});

test('the passphrase of a key is asked for once, and kept for the next connection', async () => {
	const certificateFile = await fileOf('client.crt', certificate.pem);
	const keyFile = await fileOf('locked.key', certificate.keyPem('open sesame'));
	const questions: string[] = [];
	const logInTyping = async (answer: PromptAnswer, mode: SslMode = 'require') => {
		const loggedIn = await logIn(directly({mode, certificateFile, keyFile}), async question => {
			questions.push(question);
			return answer;
		});
		if (loggedIn.type === 'connected') await loggedIn.client.end();
		return loggedIn;
	};

	const typed = {type: 'password', password: 'open sesame'} as const;
	const loggedIn = await logInTyping(typed);
	expect(loggedIn.type).toBe('connected');
	expect(questions).toEqual([`Passphrase for ${keyFile}: `]);
	expect(await faultOf(loggedIn.target)).toBe('connected');

	expect(await logInTyping({...typed, password: 'wrong'})).toMatchObject({
		fault: {sentence: `the key file ${keyFile} is not opened by this passphrase`},
	});
	expect(await logInTyping({type: 'no terminal'})).toMatchObject({
		fault: {sentence: `the key file ${keyFile} is encrypted: sslpassword opens it`},
	});
	expect(await logInTyping({type: 'cancelled', signal: 'SIGINT'})).toMatchObject({type: 'cancelled'});
	// As in psql, which does without TLS then.
	expect((await logInTyping({type: 'no terminal'}, 'prefer')).type).toBe('connected');
});
