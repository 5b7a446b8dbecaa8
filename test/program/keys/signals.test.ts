import {readFile} from 'node:fs/promises';
import {Client} from 'pg';
import {expect, test} from 'vitest';
import {onEachNode, press, select, selected, sleep, up} from '../stage.js';

onEachNode({isConcurrent: true, isCleared: true}, stage => {
	test.sequential('k ends the session that was selected, and no other', async () => {
		const [worst, second, idle] = [
			await stage.open(sleep),
			await stage.open(sleep),
			await stage.open('select 1'),
		];
		const sent = await stage.signalsSent();
		const terminal = await stage.watch();

		await select(terminal, worst.pid);
		await press(terminal, 'k', new RegExp(`^${worst.pid} ended \\d\\.\\ds after k`));
		expect(await worst.activity()).toBeUndefined();
		expect(await second.activity()).toMatchObject({state: 'active', query: sleep});
		expect(await idle.activity()).toMatchObject({state: 'idle'});
		expect(await stage.signalsSent()).toBe(sent + 1);
		// The selection stays with the one that is gone.
		await terminal.until(new RegExp(`^> *${worst.pid} app +appdb +gone .* ended \\d\\.\\ds after k`));
		await terminal.type(800);
		await press(terminal, 'k', `${worst.pid} has ended already`);
		expect(await stage.signalsSent()).toBe(sent + 1);
	});

	test.sequential('c cancels the query and leaves the session', async () => {
		const session = await stage.open('select 1');
		const failure = session.query(sleep).catch((error: unknown) => error);
		await session.untilActive();
		const other = await stage.open(sleep);
		const terminal = await stage.watch();

		await select(terminal, session.pid);
		await press(terminal, 'c', new RegExp(`^${session.pid} query ended \\d\\.\\ds after c: idle now`));
		expect(await failure).toMatchObject({code: '57014'});
		expect(await session.activity()).toMatchObject({state: 'idle'});
		expect(await other.activity()).toMatchObject({state: 'active'});
		await terminal.until(new RegExp(`^> *${session.pid} app +appdb +idle `));
	});

	test.sequential('c in a transaction says what is left of it', async () => {
		const session = await stage.open('begin');
		void session.start(sleep);
		await session.untilActive();
		const terminal = await stage.watch();

		await select(terminal, session.pid);
		await press(
			terminal,
			'c',
			new RegExp(`^${session.pid} query ended \\d\\.\\ds after c: transaction aborted, locks released`),
		);
		await terminal.until(new RegExp(`^> *${session.pid} app +appdb +aborted `));
	});

	test.sequential('c says why it does nothing where no query runs, and sends nothing', async () => {
		const idle = await stage.open('select 1');
		const open = await stage.open('begin');
		const sent = await stage.signalsSent();
		const terminal = await stage.watch();

		await select(terminal, open.pid);
		await press(terminal, 'c', /^nothing to cancel: idle in transaction for \S+s\. k ends the session/);
		await select(terminal, idle.pid);
		await press(terminal, 'c', `nothing to cancel: ${idle.pid} is idle. k ends the session`);

		expect(await stage.signalsSent()).toBe(sent);
		await press(terminal, 'k', new RegExp(`^${idle.pid} ended .* after k`));
		expect(await open.activity()).toMatchObject({state: 'idle in transaction'});
	});

	test.sequential('nothing is selected at first, and a key that needs a session says so', async () => {
		const session = await stage.open(sleep);
		const sent = await stage.signalsSent();
		const terminal = await stage.watch();
		expect(terminal.find(/^>/)).toBe(-1);

		for (const key of ['k', 'c']) {
			await press(terminal, key, 'select a session first: the arrows move');
			await press(terminal, 'j', 'k ends a session here; the arrows move');
		}

		expect(await session.activity()).toMatchObject({state: 'active'});
		expect(await stage.signalsSent()).toBe(sent);
	});

	test.sequential('a session that was selected before its login was done is the same one afterwards', async () => {
		let logIn: () => void = () => {};
		const password = new Promise<string>(resolve => {
			logIn = () => resolve('secret');
		});
		await stage.cluster.observe("create role slow login password 'secret'");
		await stage.letIn('slow', 'scram-sha-256');
		const {host, port} = stage.cluster;
		const client = new Client({host, port, user: 'slow', database: 'appdb', password: async () => password});
		client.on('error', () => {});
		const connected = client.connect();
		const terminal = await stage.watch();
		await terminal.until(/^ +\d+ +starting /);
		// Without a selection it goes to the last row.
		await terminal.type(up);
		await terminal.until(/^> *\d+ +starting /);
		const pid = Number.parseInt(terminal.row(terminal.find(/^>/)).slice(1), 10);

		// Long enough for it to have been looked at.
		await terminal.type(1500);
		logIn();
		await connected;
		await terminal.until(new RegExp(`^> *${pid} slow +appdb +idle `));
		// At once: what was looked at long enough is still the picture before, with the transaction of the login.
		await terminal.type('k');

		// On a busy machine the new one has been looked at long enough by then.
		const again = `${pid} has logged in, now idle. k again ends the session`;
		const ended = new RegExp(`^${pid} ended .* after k`);
		await terminal.until(() => terminal.find(again) >= 0 || terminal.find(ended) >= 0);
		if (terminal.find(again) < 0) return;
		await terminal.type(800);
		await press(terminal, 'k', ended);
	});

	test.sequential('k ends a session that has locked the catalogues; the rest of the picture goes on', async () => {
		const holder = await stage.open('begin', {user: 'postgres'});
		const terminal = await stage.watch();
		await select(terminal, holder.pid);
		await holder.query('lock table pg_authid, pg_database in access exclusive mode');
		await terminal.until(/^▲ (?:names of roles|names of databases)\b/);
		await terminal.type('!');
		await terminal.until('Alerts, the worst first');
		// The sentence takes more than a line.
		const page = () => terminal.screen().join(' ').replaceAll(/\s+/g, ' ');
		await terminal.until(() =>
			new RegExp(
				`, tps and hit ratio, prepared transactions left out: pg_authid was locked by ${holder.pid}`,
			).test(page()),
		);
		await terminal.type('\u001B');
		await terminal.until(selected(holder.pid));

		// Keys answer all the same.
		await terminal.type('R');
		await terminal.until(' TIME▲ ');
		await press(terminal, 'k', new RegExp(`^${holder.pid} ended .* after k`));
		await terminal.until(selected(holder.pid));
		await terminal.until(/^ +0 active +0 lockwait +0 idle-tx +\d idle /);
		// Nothing is said in the server's log that a DBA would have to wonder about.
		expect(await readFile(stage.cluster.log, 'utf8')).not.toContain('no transaction in progress');
	});

	test.sequential('with --read-only both keys refuse and say why', async () => {
		const session = await stage.open(sleep);
		const sent = await stage.signalsSent();
		const terminal = await stage.watch({args: ['--read-only']});
		expect(terminal.row(0)).toContain('READ-ONLY');

		await select(terminal, session.pid);
		for (const key of ['k', 'c']) {
			await press(terminal, key, 'read-only: pgtop was started with --read-only and sends no signals');
			await terminal.type('?');
			await terminal.until('Esc back');
			await terminal.type('?');
			await terminal.until(/^>/);
		}

		expect(terminal.row(-1)).not.toMatch(/cancel|end/);
		expect(await session.activity()).toMatchObject({state: 'active'});
		expect(await stage.signalsSent()).toBe(sent);
	});

	test.sequential('a role without the right is told what the server says, and the session lives', async () => {
		const session = await stage.open(sleep, {user: 'su2'});
		const terminal = await stage.watch({user: 'monsig'});

		await select(terminal, session.pid);
		await press(terminal, 'k', new RegExp(`^${session.pid} was not signalled: superuser only`));
		expect(await session.activity()).toMatchObject({state: 'active'});
	});
});
