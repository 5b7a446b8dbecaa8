import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {fewServers} from '../../helpers/server/servers.js';
import {rawQuery} from '../../helpers/session/raw-query.js';
import {backendOf, codeOf, openPgtop, orderOn, visit} from '../../helpers/session/scene.js';

/** Bytes of a session's query by the encoding of its database, and how they are shown. */
const texts: Readonly<Record<string, readonly [bytes: readonly number[], shown: string]>> = {
	UTF8: [[0xc3, 0xa9, 0xe6, 0x97, 0xa5], 'é日'],
	LATIN1: [[0xe9, 0x9b, 0x33, 0x31, 0x6d, 0x80], 'é␦31m␦'],
	WIN1252: [[0x80, 0x93, 0xe9, 0x94, 0x81], '€“é”␦'],
	EUC_JP: [[0xc6, 0xfc, 0xcb, 0xdc], '日本'],
	SQL_ASCII: [[0xff, 0x5c, 0xfe, 0xc3, 0xa9, 0xc3], '\uFFFD\\\uFFFDé\uFFFD'],
};
const encodings = Object.keys(texts);

/** Control characters, what turns the direction, and what is not seen. */
const dangerous = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** Every text in a value, keys left out. */
const textsIn = (value: unknown): string[] =>
	typeof value === 'string'
		? [value]
		: typeof value === 'object' && value !== null
			? Object.values(value).flatMap(textsIn)
			: [];

describe.each(fewServers(import.meta.filename))('PostgreSQL $major', binaries => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
		for (const encoding of encodings)
			await cluster.observe(
				`create database "db ${encoding}" encoding '${encoding}' lc_collate 'C' lc_ctype 'C' template template0`,
			);
	});

	afterAll(async () => cluster?.stop());

	/** One session in a database of each encoding; its query came as bytes of that encoding. */
	const guests = () =>
		Promise.all(
			encodings.map(async encoding => {
				const [bytes = [], shown = ''] = texts[encoding] ?? [];
				const guest = await visit(cluster, {database: `db ${encoding}`});
				await guest.query(`set client_encoding = '${encoding}'`);
				await guest.query('begin');
				const text = Buffer.concat([Buffer.from("select '"), Buffer.from(bytes), Buffer.from("'")]);
				await rawQuery(guest.client, text);
				return {pid: guest.pid, text: `select '${shown}'`, bytes: text.length};
			}),
		);

	test.each(encodings)('connected to a database in %s it shows the texts of all others', async encoding => {
		const pgtop = await openPgtop(cluster, {database: `db ${encoding}`});
		const there = await guests();
		const {backends, server} = await pgtop.sample();
		const shown = there.map(({pid}) => {
			const {query} = backends.find(backend => backend.pid === pid) ?? {};
			return {pid, text: query?.text, bytes: query?.bytes};
		});
		expect(shown).toEqual(there);
		expect(server.database).toBe(`db ${encoding}`);
		const pids = there.map(({pid}) => pid);
		const looks = await pgtop.look(pids);
		expect(looks.map(({seen}) => seen?.hash)).toEqual(
			pids.map(pid => backends.find(backend => backend.pid === pid)?.hash),
		);
		expect(await pgtop.signal(await orderOn(pgtop, pids[0] ?? 0, 'terminate'))).toMatchObject({sent: true});
	});

	test.each(['WIN1252', 'EUC_JP'])(
		'from a database in %s the view itself would not have answered',
		async encoding => {
			await guests();
			const observer = await visit(cluster, {user: 'postgres', database: `db ${encoding}`});
			expect(await codeOf(observer.query('select query from pg_stat_activity'))).toMatch(/^22P05|22021$/);
		},
	);

	test('nothing that moves a cursor, turns the direction or hides survives in any text', async () => {
		const evil = '\u001B]2;owned\u0007\u009B31m\u202Egnp\u2066\u200B\u2028\u0085\r\nx';
		const name = evil.slice(0, 24);
		const quoted = `"${name}"`;
		await cluster.observe(`create role ${quoted} login superuser`);
		await cluster.observe(`create database ${quoted}`);
		const guest = await visit(cluster, {user: name, database: name, application: evil});
		await guest.query('begin');
		await guest.query(`select 1 as ${quoted}, '${evil}'`);
		const pgtop = await openPgtop(cluster, {user: name, database: name, applicationName: evil});
		const picture = await pgtop.sample();
		const backend = picture.backends.find(({pid}) => pid === guest.pid);
		expect(backend?.query?.text).toContain('␛]2;owned␇␦31m␦gnp␦␦');
		expect(backend?.user).toContain('␛]2;owned␇␦31m␦');
		expect(backend?.database).toBe(backend?.user);
		expect(picture.server).toMatchObject({user: backend?.user, database: backend?.database});
		expect(textsIn(picture).filter(text => dangerous.test(text))).toEqual([]);
		const looks = await pgtop.look(picture.backends.map(({pid}) => pid));
		expect(textsIn(looks).filter(text => dangerous.test(text))).toEqual([]);
	});

	test('a name is shown in the letters that it was given, from a database in UTF8', async () => {
		await cluster.observe('create role "josé" login');
		const guest = await visit(cluster, {user: 'josé'});
		expect(await backendOf(await openPgtop(cluster), guest.pid)).toMatchObject({user: 'josé'});
		const {user} = await backendOf(await openPgtop(cluster, {database: 'db EUC_JP'}), guest.pid);
		expect(user).toMatch(/^jos/);
	});

	test.each([
		["select 'a\\b'", "select 'a\\b'"],
		["select '\\\\', E'\\101'", "select '\\\\', E'\\101'"],
		['select 1 -- \\377\\000', 'select 1 -- \\377\\000'],
		["select\n\t'a   b'", "select 'a b'"],
	])('backslashes are shown as they were written: %j', async (text, shown) => {
		const guest = await visit(cluster);
		await guest.query('begin');
		await guest.query(text);
		const {query} = await backendOf(await openPgtop(cluster), guest.pid);
		expect(query).toMatchObject({text: shown, bytes: Buffer.byteLength(text)});
	});
});
