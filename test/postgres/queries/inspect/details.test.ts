import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {Client} from 'pg';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {openClient} from '../../../../source/demo/open-client.js';
import {makeAuthority} from '../../../helpers/server/certificates.js';
import {startCluster} from '../../../helpers/server/cluster.js';
import {fewServers} from '../../../helpers/server/servers.js';
import {type Server as Postgres, startServer} from '../../../helpers/server/start-server.js';
import {openPgtop} from '../../../helpers/session/scene.js';

describe.each(fewServers(import.meta.filename))('PostgreSQL $major', binaries => {
	const {major} = binaries;
	let postgres: Postgres;
	let observer: Client;

	beforeAll(async () => {
		const cluster = await startCluster(binaries);
		try {
			await cluster.halt('fast');
			const server = makeAuthority('pgtop test').issue('server', {hosts: ['127.0.0.1']});
			const write = (name: string, text: string) => writeFile(join(cluster.data, name), text, {mode: 0o600});
			await write('server.crt', server.pem);
			await write('server.key', server.keyPem());
			await write('pg_hba.conf', 'local all all trust\nhost all all all trust\n');
			postgres = await startServer(binaries, cluster.data, {settings: {ssl: 'on'}, isStandby: false});
		} finally {
			await cluster.stop();
		}

		await postgres.untilReady();
		observer = await openClient(
			{host: postgres.folder, port: postgres.port},
			{user: 'postgres', database: 'appdb', application: 'observer'},
		);
	});

	afterAll(async () => {
		await observer?.end();
		await postgres?.stop();
	});

	/** A session over TCP, and what its details read. */
	async function readOver(ssl: boolean, user = 'postgres') {
		const visitor = new Client({
			host: '127.0.0.1',
			port: postgres.port,
			user: 'app',
			database: 'appdb',
			ssl: ssl && {rejectUnauthorized: false},
		});
		await visitor.connect();
		onTestFinished(() => visitor.end());
		const {rows} = await visitor.query("/* what it did */ select pg_backend_pid() as pid, 'a\tb'");
		const [{pid = 0} = {}] = rows as readonly {readonly pid?: number}[];
		const pgtop = await openPgtop({host: postgres.folder, port: postgres.port}, {user});
		await pgtop.sample();
		const {inspection} = await pgtop.inspect(pid);
		if (!inspection) throw new Error(`${pid} has ended`);
		return inspection;
	}

	test('of an encrypted session version and cipher of TLS are told, and its port', async () => {
		const {tls, gss, clientPort, backend} = await readOver(true);
		expect(tls).toEqual({version: expect.stringMatching(/^TLSv1\.[23]$/), cipher: expect.any(String)});
		expect(tls?.cipher).toMatch(/^[A-Z\d_-]{10,}$/);
		expect(gss).toBeUndefined();
		expect(clientPort).toBeGreaterThan(1023);
		expect(backend.client).toBe('127.0.0.1');
	});

	test('of one that is not there is none', async () => {
		expect(await readOver(false)).not.toHaveProperty('tls');
	});

	test('the whole query is read, of an idle session, too', async () => {
		expect((await readOver(false)).text).toMatch(/^\/\* what it did \*\/ select .*, 'a {4}b'$/);
	});

	test('a role with nothing reads who it is, and nothing else', async () => {
		const read = await readOver(true, 'plain');
		expect(read.backend).toMatchObject({isVisible: false, user: 'app', database: 'appdb'});
		// Before 12 TLS is no secret.
		const hidden = ['gss', 'clientPort', 'clientHostname', 'text', 'queryId', 'waitMeaning'];
		for (const name of [...hidden, ...(major >= 12 ? ['tls'] : [])]) expect(read).not.toHaveProperty(name);
	});

	test('what it waits for is told in the words of the server, where that has some', async () => {
		const {backend, waitMeaning} = await readOver(false);
		expect(backend.wait).toEqual({type: 'Client', name: 'ClientRead'});
		if (major >= 17) expect(waitMeaning).toBe('Waiting to read data from the client');
		else expect(waitMeaning).toBeUndefined();
	});
});
