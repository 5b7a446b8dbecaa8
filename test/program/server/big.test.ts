import {afterAll, beforeAll, expect, test} from 'vitest';
import {openSession, type Session, waitUntil} from '../../helpers/session/session.js';
import {down, newestNode, onEachNode, press, selected} from '../stage.js';

const count = 500;
const longTexts = 100;

/** Opened so many at a time, as a server with that many sessions is not reached in one moment either. */
const atATime = 50;

const settings = {
	max_connections: String(count + 100),
	track_activity_query_size: '102400',
	log_statement: 'none',
	shared_buffers: '32MB',
};

onEachNode({among: newestNode, settings}, stage => {
	const sessions: Session[] = [];

	beforeAll(async () => {
		while (sessions.length < count) {
			const opened = await Promise.all(Array.from({length: atATime}, async () => openSession(stage.cluster)));
			sessions.push(...opened);
		}

		// A hundred that run a text of 100 kB, and a few that are in a transaction.
		for (const [index, session] of sessions.slice(0, longTexts).entries())
			void session.start(`select pg_sleep(600) /* ${index} ${'x'.repeat(100_000)} */`);
		for (const session of sessions.slice(longTexts, longTexts + 20)) await session.query('begin; select 1');
		// Once for all of them: to look costs the server as much as all texts together.
		await waitUntil(
			stage.cluster,
			`(select count(*) = ${longTexts} from pg_stat_activity where wait_event = 'PgSleep')`,
		);
	});

	afterAll(async () => {
		for (const {client} of sessions) client.connection.stream.destroy();
	});

	test(`${count} sessions, of which ${longTexts} run texts of 100 kB, are shown, gone through, and ended one by one`, async () => {
		const terminal = await stage.watch({columns: 200, rows: 50, args: ['--interval', '2']});
		await terminal.until(/^ *100 active +\d+ lockwait +20 idle-tx +3\d\d idle /);
		const selectedLine = () => terminal.find(/^>/);
		await terminal.type(down);
		await terminal.until(() => selectedLine() >= 0);
		const first = Number.parseInt(terminal.row(selectedLine()).slice(1), 10);
		// A key is answered whatever the server is at: so soon that no picture had to come first, which would take two seconds for each.
		const [from, to] = [selectedLine(), 30];
		const started = performance.now();
		for (let line = from + 1; line < to; line++) {
			await terminal.type(down);
			await terminal.until(() => selectedLine() === line);
		}

		expect(performance.now() - started).toBeLessThan((to - from) * 1000);

		await terminal.type('\u001B[F');
		await terminal.until(/^> .* idle /);
		await terminal.type('\u001B[H');
		await terminal.until(selected(first));
		expect(terminal.row(terminal.find(selected(first)))).toMatch(/ select pg_sleep\(600\) \/\* \d+ x+~$/);
		await terminal.type('\r');
		await terminal.until(/^ *query +running for .*, 1000\d\d bytes/);
		await terminal.type('\u001B[F');
		await terminal.until(/^\*\/$/);
		await terminal.type('\u001B');
		await terminal.until(selected(first));
		await press(terminal, 'k', new RegExp(`^${first} ended .* after k`));
		await terminal.until(/^ *99 active /);
	});
});
