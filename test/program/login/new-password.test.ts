import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {beforeAll, expect, test} from 'vitest';
import type {Terminal} from '../../helpers/terminal/terminal.js';
import {newestNode, onEachNode, type Stage} from '../stage.js';

/** After an Enter: what comes sooner was pasted with it, in milliseconds. */
const later = 60;

/** Each for one test. */
const users = ['changed', 'undecided', 'away', 'shelled', 'filed', 'unasked', 'commanded'];
const old = 'old';
const fresh = 'q c\\k: ré';

onEachNode({among: newestNode}, stage => {
	beforeAll(async () => {
		for (const user of users) {
			await observe(`create role ${user} login password '${old}' in role pg_monitor`);
			await stage.letIn(user, 'scram-sha-256');
		}
	});

	const observe = async (text: string) => stage.cluster.observe(text);

	/** How often the server has refused this role. */
	const refusals = async (user: string) =>
		(await readFile(stage.cluster.log, 'utf8')).split(`authentication failed for user "${user}"`).length - 1;

	/** Ends its session; the password is another one by then. */
	const refuse = async (user: string, password = fresh) => {
		// In hex: this statement may itself be on a screen that must not show the password.
		const hex = Buffer.from(password).toString('hex');
		await observe(
			`do $$ begin execute format('alter role ${user} password %L', convert_from(decode('${hex}', 'hex'), 'utf8')); end $$`,
		);
		await observe(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${user}'`);
	};

	const watchAs = async (user: string, options: Parameters<Stage['play']>[0] = {}) => {
		const terminal = stage.play({user, columns: 120, ...options});
		if (options.env === undefined) {
			await terminal.until('Password for');
			await terminal.type(`${old}\r`);
		}

		await terminal.until(/ {2}hit +\d/);
		return terminal;
	};

	const asks = (user: string) =>
		new RegExp(
			`^refused \\d+s ago, r asks for a password: password authentication failed for user "${user}"`,
		);
	const question = (user: string) =>
		`password for ${user}@[local:${stage.cluster.host}]:${stage.cluster.port}/appdb:`;

	const alert = (terminal: Terminal) => /^▲ this picture is \w+ old/m.exec(terminal.screen().join('\n'))?.[0];

	const goesOn = async (terminal: Terminal) => {
		// The last line tells that the whole of a frame is there.
		await terminal.until(
			() => terminal.find('q quit') > 0 && terminal.find(/^lost |^refused |^password| stale /) < 0,
		);
		await terminal.until(/ {2}hit +\d/);
	};

	test.concurrent('a password that has changed is asked for by r, not shown, and kept', async () => {
		const user = 'changed';
		const terminal = await watchAs(user);
		await refuse(user);
		await terminal.until(asks(user));
		expect(await refusals(user)).toBe(1);

		await terminal.type(later, 'r');
		await terminal.until(question(user));
		await terminal.until('Enter log in');
		// What was refused is not said again.
		expect(await refusals(user)).toBe(1);
		await terminal.type('wrong\r');
		await terminal.until(() => terminal.find(question(user)) < 0);
		await terminal.until(asks(user));
		expect(await refusals(user)).toBe(2);

		await terminal.type(later, 'r');
		await terminal.until(question(user));
		await terminal.type(`no\u0017${fresh}\r`);
		await goesOn(terminal);
		expect(await refusals(user)).toBe(2);

		const isLost = terminal.catches(/^lost /);
		await observe(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${user}'`);
		await isLost();
		await goesOn(terminal);
		expect(await refusals(user)).toBe(2);
		for (const secret of [fresh, 'wrong', 'q c', 'ré'])
			expect(terminal.bytes().toString()).not.toContain(secret);
		expect(await stage.signalsSent()).toBe(0);
		await terminal.type(later, 'q');
		expect(await terminal.exit()).toBe(0);
	});

	test.concurrent('Esc goes back, nothing typed tries the old one again, Ctrl-C leaves', async () => {
		const user = 'undecided';
		const terminal = await watchAs(user, {env: {PGPASSWORD: old}});
		await refuse(user);
		await terminal.until(asks(user));
		await terminal.type(later, 'r');
		await terminal.until(question(user));
		await terminal.type('secret\u001B');
		await terminal.until(asks(user));
		expect(await refusals(user)).toBe(1);

		await terminal.type(later, 'r');
		await terminal.until(question(user));
		await terminal.type('\r');
		await terminal.until(() => terminal.find(question(user)) < 0);
		await terminal.until(asks(user));
		expect(await refusals(user)).toBe(2);

		await observe(`alter role ${user} password '${old}'`);
		await terminal.type(later, 'r');
		await terminal.until(question(user));
		await terminal.type('\r');
		await goesOn(terminal);

		await refuse(user);
		await terminal.until(asks(user));
		await terminal.type(later, 'r');
		await terminal.until(question(user));
		await terminal.type('secret\u0003');
		expect(await terminal.exit()).toBe(0);
		expect(terminal.isAlternate()).toBe(false);
		expect(terminal.bytes().toString()).not.toContain('secret');
	});

	test.concurrent('a line that is being typed outlasts another size and a held picture', async () => {
		const user = 'away';
		const terminal = await watchAs(user, {
			env: {PGPASSWORD: old},
		});
		await terminal.type(later, 'p');
		await terminal.until('p goes on');
		await refuse(user);
		await terminal.until(asks(user));
		await terminal.type(later, 'r');
		await terminal.until(question(user));
		await terminal.type(fresh.slice(0, 3));
		terminal.resize(100, 30);
		await terminal.until(() => terminal.find(question(user)) === 28);
		await terminal.type(`${fresh.slice(3)}\r`);
		await terminal.until('p goes on');
		expect(await refusals(user)).toBe(1);
		await terminal.type(later, 'p');
		await goesOn(terminal);
	});

	test.concurrent('and a while in the shell', async () => {
		const user = 'shelled';
		const terminal = stage.play({
			user,
			columns: 120,
			under: ['sh', '-i', '-s'],
			env: {PS1: 'ready> ', ENV: '', PGPASSWORD: old},
		});
		await terminal.until('ready>');
		await terminal.type('"$@"\r');
		await terminal.until(/ {2}hit +\d/);
		await refuse(user);
		await terminal.until(asks(user));
		await terminal.type(later, 'r');
		await terminal.until(question(user));
		await terminal.type(`${fresh.slice(0, 3)}\u001A`);
		await terminal.until(/Stopped|Suspended/);
		await terminal.until(/^ready> *$/);
		await terminal.type('fg\r');
		await terminal.until(() => terminal.isAlternate() && terminal.find(question(user)) >= 0);
		// The first frames may be those of before. What is typed counts once a new one is drawn, and each second has one.
		for (const _ of ['one', 'another', 'a third']) {
			const age = alert(terminal);
			await terminal.until(() => ![undefined, age].includes(alert(terminal)));
		}

		await terminal.type(`${fresh.slice(3)}\r`);
		await goesOn(terminal);
		expect(await refusals(user)).toBe(1);
		await terminal.type(later, 'q');
		await terminal.until(/^ready> *$/);
	});

	test.concurrent('what the password file says now is tried first', async () => {
		const user = 'filed';
		const file = join(stage.cluster.host, user);
		const write = async (password: string) =>
			writeFile(file, `*:*:*:${user}:${password.replaceAll(/[\\:]/g, '\\$&')}\n`, {mode: 0o600});
		await write(old);
		const terminal = await watchAs(user, {env: {PGPASSFILE: file}});
		await refuse(user);
		await terminal.until(asks(user));
		await write(fresh);
		await terminal.type(later, 'r');
		await goesOn(terminal);
		expect(terminal.bytes().toString()).not.toContain('password for');
		expect(await refusals(user)).toBe(1);
	});

	test.concurrent('with -w nobody is asked: r tries again', async () => {
		const user = 'unasked';
		const terminal = await watchAs(user, {args: ['-w'], env: {PGPASSWORD: old}});
		await refuse(user);
		await terminal.until(/^refused \d+s ago, r tries again: /);
		await terminal.type(later, 'r');
		await terminal.until(async () => (await refusals(user)) === 2);
		await observe(`alter role ${user} password '${old}'`);
		await terminal.until(/^refused \d+s ago, r tries again: /);
		await terminal.type(later, 'r');
		await goesOn(terminal);
	});

	test.concurrent('--password-command is run anew by each try, and nobody is asked', async () => {
		const user = 'commanded';
		const file = join(stage.cluster.host, user);
		await writeFile(file, old);
		const terminal = await watchAs(user, {
			args: [`--password-command=cat '${file}' && test -s '${file}'`],
			env: {},
		});
		await writeFile(file, '');
		await refuse(user);
		const fails =
			/^lost \d+s ago, (?:next try in \d+s|trying now): the password command ended with exit code 1/;
		await terminal.until(fails);
		await terminal.type(later, 'r');
		await terminal.until(fails);
		expect(await refusals(user)).toBe(0);

		await writeFile(file, 'wrong');
		await terminal.until(/^refused \d+s ago, r tries again: password authentication failed/);
		await writeFile(file, fresh);
		await terminal.type(later, 'r');
		await goesOn(terminal);
		expect(await refusals(user)).toBe(1);

		await writeFile(file, '');
		await observe(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${user}'`);
		await terminal.until(fails);
		await writeFile(file, fresh);
		await goesOn(terminal);
	});
});
