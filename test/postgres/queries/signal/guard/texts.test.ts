import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {isComment, isSpecialStatement} from '../../../../../source/domain/signal/verdict/special.js';
import {reasonText} from '../../../../../source/postgres/queries/signal/guard.js';
import {specialTexts} from '../../../../domain/signal/verdict/special-texts.js';
import {startCluster, type TestCluster} from '../../../../helpers/server/cluster.js';
import {fewServers} from '../../../../helpers/server/servers.js';
import {rawQuery} from '../../../../helpers/session/raw-query.js';
import {backendOf, openPgtop, orderOn, visit} from '../../../../helpers/session/scene.js';
import {waitUntil} from '../../../../helpers/session/session.js';

/** So few bytes that any text may have been cut. */
const least = 4;

const pieces = [
	...[
		'/*',
		'*/',
		'/',
		'*',
		'-',
		'--',
		'\n',
		'\r',
		' ',
		'\t',
		'\f',
		'\v',
		';',
		"'",
		'"',
		'\\',
		'$$',
		'é',
		'İ',
		'ı',
	],
	...[
		'create',
		'CONCURRENTLY',
		'concurrently',
		'commit',
		'prepared',
		'Index',
		'reindex',
		'reİndex',
		'ſ',
		'K',
	],
];
const texts = fc.array(fc.constantFrom(...pieces), {maxLength: 10}).map(some => some.join(''));

const ofClient = (text: string) => ({text, statement: isSpecialStatement(text), comment: isComment(text)});

describe.each(fewServers(import.meta.filename))('PostgreSQL $major', binaries => {
	const {major} = binaries;
	let cluster: TestCluster;
	/** The machine has a Turkish locale; most have none. */
	let hasTurkish: boolean;

	/** Databases in which letters or bytes are told apart in other ways. */
	const databases = [
		'appdb',
		'ascii',
		'latin',
		// Turkish has other pairs of letters for I and i.
		...(major >= 15 ? ['turkish'] : []),
	];

	beforeAll(async () => {
		cluster = await startCluster(binaries);
		const made = (name: string, encoding: string, others: string) =>
			cluster.observe(`create database ${name} encoding '${encoding}' template template0 ${others}`);
		const bytes = "lc_collate 'C' lc_ctype 'C'";
		await made('ascii', 'SQL_ASCII', bytes);
		await made('latin', 'LATIN1', bytes);
		if (major >= 15) await made('turkish', 'UTF8', `locale_provider icu icu_locale 'tr-TR' ${bytes}`);
		hasTurkish = await made('turkish_libc', 'UTF8', "lc_collate 'C' lc_ctype 'tr_TR.UTF-8'").then(
			() => true,
			() => false,
		);
	});

	afterAll(async () => cluster?.stop());

	/** The rule of the server, over sessions that run these texts. */
	async function ofServer(database: string, all: readonly string[], settings = '', text = 't.query') {
		const asker = await visit(cluster, {user: 'postgres', database});
		// As pgtop has it: bytes are bytes.
		await asker.query(`set client_encoding = 'SQL_ASCII'; ${settings}`);
		return asker.query(
			`select s.query as text,
			        ${reasonText('statement', major, least)} as statement,
			        ${reasonText('comment', major, least)} as comment
			   from (select ${text} as query, t.number, 'active'::text as state
			           from unnest($1::text[]) with ordinality t(query, number)) s
			  order by s.number`,
			[all],
		);
	}

	test.each(databases)('in the database %s both sides say the same of every text', async database => {
		const all = specialTexts.map(({text}) => text);
		const expected = specialTexts.map(({text, isStatement, isComment: comment}) => ({
			text,
			statement: isStatement,
			comment,
		}));
		expect(all.map(ofClient)).toEqual(expected);
		expect(await ofServer(database, all)).toEqual(expected);
		const off = 'set standard_conforming_strings = off; set backslash_quote = off';
		expect(await ofServer(database, all, off)).toEqual(expected);
	});

	test.each(databases)('in the database %s they do of texts that nobody thought of', async database => {
		const all = fc.sample(texts, 2000);
		expect(await ofServer(database, all)).toEqual(all.map(ofClient));
	});

	test('letters are those of ASCII, although the text itself is in a language that has others', async () => {
		const all = specialTexts.map(({text}) => text);
		const turkish = await ofServer('appdb', all, '', 't.query collate "tr-x-icu"');
		expect(turkish).toEqual(all.map(ofClient));
	});

	test('in a database in Turkish both sides say the same, where the machine knows Turkish', async ({
		skip,
	}) => {
		skip(!hasTurkish, 'there is no locale tr_TR.UTF-8');
		const asker = await visit(cluster, {user: 'postgres', database: 'turkish_libc'});
		expect(await asker.query("select lower('I') as lower, upper('i') as upper")).toEqual([
			{lower: 'ı', upper: 'İ'},
		]);
		const all = [...specialTexts.map(({text}) => text), ...fc.sample(texts, 2000)];
		expect(await ofServer('turkish_libc', all)).toEqual(all.map(ofClient));
	});

	/** Bytes that are no text in most encodings, between words that count. Whoever took the last one for the first of a longer character would take letters for the rest of it. */
	const guests = [
		{database: 'ascii', bytes: [0xff, 0xc3, 0x5c, 0xfe, 0xe3]},
		{database: 'latin', bytes: [0x80, 0x9f, 0xff, 0xe9]},
	];

	test.each(databases)(
		'asked in the database %s no byte of another one fails the statement',
		async database => {
			const pgtop = await openPgtop(cluster, {database}, {signals: 'dry'});
			for (const {database: there, bytes} of guests) {
				const guest = await visit(cluster, {database: there});
				await guest.query("set client_encoding = 'SQL_ASCII'");
				const odd = Buffer.from(bytes);
				const text = (before: string, after: string) =>
					Buffer.concat([Buffer.from(before), odd, Buffer.from(after)]);
				for (const [query, reasons] of [
					[text("select pg_sleep(60), '", "'"), []],
					[text("select pg_sleep(60), 'COMMIT", "prepared'"), ['statement']],
					[text('/*', `${'-'.repeat(1100)}*/ select pg_sleep(60)`), ['comment']],
					[text(`/*${'-'.repeat(1016)}`, '*/ select pg_sleep(60)'), ['comment']],
				] as const) {
					const end = rawQuery(guest.client, query).catch(() => 'cancelled');
					await waitUntil(
						cluster,
						`exists (select from pg_stat_get_activity(${guest.pid}) where wait_event = 'PgSleep')`,
					);
					const backend = await backendOf(pgtop, guest.pid);
					expect(backend.query?.isBehindComment ?? false).toBe(reasons.some(one => one === 'comment'));
					expect((await pgtop.inspect(guest.pid)).inspection?.reasons).toEqual(reasons);
					expect(await pgtop.signal(await orderOn(pgtop, guest.pid, 'cancel'))).toMatchObject({
						type: 'answered',
						held: reasons,
					});
					await cluster.observe(`select pg_cancel_backend(${guest.pid})`);
					expect(await end).toBe('cancelled');
				}
			}
		},
	);
});
