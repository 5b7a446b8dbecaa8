import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {fewServers, newest} from '../../helpers/server/servers.js';
import {backendOf, openPgtop, visit} from '../../helpers/session/scene.js';

describe.each(fewServers(import.meta.filename))('PostgreSQL $major', binaries => {
	const {major} = binaries;
	const size = major >= 11 ? '1kB' : '1024';
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
		await cluster.observe(
			"create database bytes encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C' template template0",
		);
	});

	afterAll(async () => cluster?.stop());

	/** What is told of a query that fills so many bytes, to who asks from one database about a session in another. */
	async function toldOf(bytes: number, end = '', {from = 'appdb', of = 'appdb'} = {}) {
		const guest = await visit(cluster, {database: of, user: 'postgres'});
		await guest.query('begin');
		const text = `select 1 --${'x'.repeat(bytes - 11 - Buffer.byteLength(end))}${end}`;
		expect(Buffer.byteLength(text)).toBe(bytes);
		await guest.query(text);
		const pgtop = await openPgtop(cluster, {database: from});
		const {query} = await backendOf(pgtop, guest.pid);
		const {inspection} = await pgtop.inspect(guest.pid);
		expect(inspection?.backend.query).toEqual(query);
		return {bytes: query?.bytes, cut: query?.cut, text: inspection?.text ?? '', whole: text};
	}

	test.each([1023, 1024, 3000])(
		'a text of %d bytes fills what the server keeps: it counts as cut',
		async bytes => {
			const told = await toldOf(bytes);
			expect(told).toMatchObject({bytes: 1023, cut: {isSure: true, size}});
			expect(told.text).toBe(told.whole.slice(0, 1023));
		},
	);

	test('a text that leaves more than a character free is whole', async () => {
		const {bytes, cut} = await toldOf(1019);
		expect(bytes).toBe(1019);
		expect(cut).toBeUndefined();
	});

	test.each([1020, 1021, 1022])(
		'a text of %d bytes may be cut, in the middle of a character, and only where there are such',
		async length => {
			expect(await toldOf(length)).toMatchObject({bytes: length, cut: {isSure: false, size}});
			// Before 11 the session itself cuts its text.
			const elsewhere = major >= 11 ? {from: 'bytes'} : {of: 'bytes'};
			expect((await toldOf(length, '', elsewhere)).cut).toBeUndefined();
		},
	);

	test.each([
		['€', 1024, 1021],
		['€', 1025, 1022],
		['😀', 1024, 1020],
		['é', 1024, 1022],
		['é', 1023, 1023],
	])(
		'of a text with %s at the edge, %d bytes long, %d are left, and that is told',
		async (end, length, bytes) => {
			const told = await toldOf(length, end);
			expect(told).toMatchObject({bytes, cut: {isSure: bytes === 1023, size}});
			expect(told.text).toBe(bytes === 1023 ? told.whole : told.whole.slice(0, -end.length));
		},
	);

	if (major >= 11)
		test('asked from a database without such characters it is sure', async () => {
			expect(await toldOf(1024, '€', {from: 'bytes'})).toMatchObject({bytes: 1023, cut: {isSure: true}});
		});
});

describe('of a server that keeps more than is fetched', () => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(newest, {settings: {track_activity_query_size: '4000'}});
	});

	afterAll(async () => cluster?.stop());

	test.each([
		[3000, {bytes: 3011, isPart: true}],
		[5000, {bytes: 3999, isPart: true, cut: {isSure: true, size: newest.major >= 11 ? '4000B' : '4000'}}],
	])(
		'what was not fetched is no cut of the server, and its limit is told in its words: %d',
		async (filling, told) => {
			const guest = await visit(cluster);
			await guest.query('begin');
			await guest.query(`select 1 --${'x'.repeat(filling)}`);
			const {query} = await backendOf(await openPgtop(cluster), guest.pid);
			const {bytes, isPart, cut} = query ?? {};
			expect({bytes, isPart, ...(cut && {cut})}).toEqual(told);
		},
	);
});
