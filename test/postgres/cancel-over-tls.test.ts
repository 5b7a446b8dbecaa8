import {once} from 'node:events';
import {writeFile} from 'node:fs/promises';
import {type AddressInfo, connect as connectSocket, createServer, type Server, type Socket} from 'node:net';
import {join} from 'node:path';
import type {Client} from 'pg';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {openClient} from '../../source/demo/open-client.js';
import {cancelRequest} from '../../source/postgres/cancel-request.js';
import {connect} from '../../source/postgres/connect/connect.js';
import type {SslMode} from '../../source/postgres/connect/settings/tls-settings.js';
import {makeAuthority} from '../helpers/certificates.js';
import {startCluster} from '../helpers/cluster.js';
import {codeOf} from '../helpers/scene.js';
import {newest} from '../helpers/servers.js';
import {targetAt} from '../helpers/target.js';
import {type Server as Postgres, startServer} from './psql/stage/start-server.js';

const authority = makeAuthority('pgtop test');
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
		const certificate = authority.issue('server', {hosts: ['127.0.0.1']});
		const write = (name: string, text: string) => writeFile(join(cluster.data, name), text, {mode: 0o600});
		await write('server.crt', certificate.pem);
		await write('server.key', certificate.keyPem());
		await write('pg_hba.conf', 'local all all trust\nhost all all 127.0.0.1/32 trust\n');
		postgres = await startServer(newest, cluster.data, {settings: {ssl: 'on'}, isStandby: false});
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
