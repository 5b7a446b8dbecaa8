import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {start, type Terminal} from '../../helpers/terminal/terminal.js';
import {newestNode, onEachNode, press, select, selected, sleep} from '../stage.js';

const [esc, enter, backspace, eraseLine] = ['\u001B', '\r', '\u007F', '\u0015'];

const isListed = (terminal: Terminal, pid: number) => terminal.find(new RegExp(`^[> ][ #*-] *${pid} `)) >= 0;

onEachNode({among: newestNode, isCleared: true}, (stage, node) => {
	test.sequential('/ filters with every letter, Enter keeps it, and Esc goes back a step each time', async () => {
		const [wanted, other] = [await stage.open(sleep, {user: 'plain'}), await stage.open(sleep)];
		const terminal = await stage.watch();
		const lists = async (isWanted: boolean, isOther: boolean) =>
			terminal.until(
				() => isListed(terminal, wanted.pid) === isWanted && isListed(terminal, other.pid) === isOther,
			);
		await lists(true, true);

		await terminal.type('/');
		await terminal.until(/^filter: +3 of 3$/);
		await terminal.type('user:plai');
		await terminal.until(/^filter: user:plai +1 of 3$/);
		await lists(true, false);
		await terminal.type('n >x');
		await terminal.until(/^a time is a number with s, m, h or d: >5m$/);
		expect(terminal.row(-1)).toMatch(/^a time is a number/);
		expect(terminal.row(-2)).toMatch(/^filter: user:plain >x +still user:plain: 1 of 3$/);
		await terminal.type(enter, backspace.repeat(3));
		await terminal.until(/^filter: user:plain +1 of 3$/);
		expect(terminal.row(-1)).toMatch(/^Enter keep {2}Esc back {2}/);
		await lists(true, false);

		await terminal.type(enter);
		await terminal.until(/^filter user:plain: 1 of 3, Esc clears$/);
		// The figures are of all sessions.
		await terminal.until(/^ *2 active /);
		await terminal.type('/');
		await terminal.until(/^filter: user:plain +1 of 3$/);
		await terminal.type(`${eraseLine}user=app`);
		await terminal.until(/^filter: user=app +1 of 3$/);
		await lists(false, true);
		await terminal.type(esc);
		await terminal.until(/^filter user:plain: 1 of 3, Esc clears$/);
		await lists(true, false);
		await terminal.type(esc);
		await lists(true, true);
		expect(terminal.find('filter user:plain')).toBe(-1);
	});

	test.sequential('c and k in the line are letters, and k is none a second after it', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'pgtop-find-'));
		onTestFinished(() => rm(folder, {recursive: true}));
		const file = join(folder, 'signals.jsonl');
		const victim = await stage.open(sleep, {application: 'truck'});
		const sent = await stage.signalsSent();
		const {host, port} = stage.cluster;
		const way = ['-h', host, '-p', String(port), '-U', 'postgres', '-d', 'appdb', '--interval', '0.5'];
		const terminal = start([...way, '--audit-log', file], {node});
		onTestFinished(() => terminal.end());
		await terminal.until('PRIMARY');
		await select(terminal, victim.pid);

		await terminal.type(600, '/', 100, 'app:tru', 100, 'c', 100, 'k');
		await terminal.until(/^filter: app:truck +1 of 2$/);
		await terminal.type(enter, 100, 'k');
		await terminal.until(/^k ignored: the line has just closed/);
		expect(await victim.activity()).toMatchObject({state: 'active'});
		expect(await stage.signalsSent()).toBe(sent);
		expect(await readdir(folder)).toEqual([]);

		await terminal.type(800);
		await press(terminal, 'k', new RegExp(`^${victim.pid} ended \\d\\.\\ds after k`));
		expect(await victim.activity()).toBeUndefined();
		expect(await stage.signalsSent()).toBe(sent + 1);
		const [line = ''] = (await readFile(file, 'utf8')).split('\n');
		expect(JSON.parse(line)).toMatchObject({signal: 'terminate', pid: victim.pid});
	});

	test.sequential(': and the digits of a pid select its session', async () => {
		const [first, second] = [await stage.open(sleep), await stage.open(sleep)];
		const terminal = await stage.watch();
		await select(terminal, first.pid);
		await terminal.type(':');
		await terminal.until(/^pid:$/);
		await terminal.type(`${second.pid}`);
		await terminal.until(selected(second.pid));
		await terminal.type(esc);
		await terminal.until(selected(first.pid));
		await terminal.type(':');
		await terminal.until(/^pid:$/);
		await terminal.type('0');
		await terminal.until(/^no session has a pid that begins with 0$/);
		await terminal.type(`${backspace}${second.pid}${enter}`);
		await terminal.until(selected(second.pid));
		await terminal.until(/^c cancel {2}k end {2}/);
		expect(terminal.find(/^pid:/)).toBe(-1);
	});

	test.sequential('s sorts by the column that is typed, and < > and R go on from there', async () => {
		const [app, plain] = [await stage.open(sleep), await stage.open(sleep, {user: 'plain'})];
		const terminal = await stage.watch();
		const line = (pid: number) => terminal.find(new RegExp(`^ [ #-] *${pid} `));
		const sorts = async (title: string, isAppFirst: boolean) =>
			terminal.until(
				() => terminal.row(4).includes(` ${title}`) && line(app.pid) < line(plain.pid) === isAppFirst,
			);
		await terminal.until(() => line(app.pid) > 0 && line(plain.pid) > 0);
		await terminal.type('s');
		await terminal.until(/^sort by:$/);
		await terminal.until(/^ >TIME /);
		await terminal.type('user');
		await terminal.until(/^sort by: user +1 of \d+$/);
		await terminal.until(/^ >USER +role of the session$/);
		await terminal.type(enter);
		await terminal.until(/^sorted by USER: role of the session/);
		await sorts('USER▲', true);
		await terminal.type('R');
		await sorts('USER▼', false);
		await terminal.type('>');
		await terminal.until(/^sorted by DB: /);
		await sorts('DB▲', true);
		await terminal.type('<', 100, '<');
		await terminal.until(/^sorted by PID: /);
		await sorts('PID▲', app.pid < plain.pid);
	});

	test.sequential('o switches a column off, moves another, and Enter takes that', async () => {
		const session = await stage.open(sleep);
		const terminal = await stage.watch();
		await terminal.until(` ${session.pid} app `);
		await terminal.type('o');
		await terminal.until(/^ >\[x\] PID /);
		await terminal.type('db');
		await terminal.until(/^ >\[x\] DB /);
		await terminal.type(' ');
		await terminal.until(/^ >\[ \] DB /);
		await terminal.type(`${eraseLine}user`);
		await terminal.until(/^ >\[x\] USER /);
		await terminal.type(`${eraseLine}<`);
		await terminal.until(/^ {2}\[x\] PID /);
		expect(terminal.find(/^ >\[x\] USER /)).toBe(terminal.find(/^ {2}\[x\] PID /) - 1);

		await terminal.type(enter);
		await terminal.until(/^for the next run: --columns=user,pid,state,wait,time,query$/);
		expect(terminal.row(4)).toMatch(/^ +USER +PID +STATE +WAIT +TIME▼ +QUERY$/);
		await terminal.until(new RegExp(`^ +app +${session.pid} active `));
	});
});
