import {expect, test} from 'vitest';
import {down, newestNode, onEachNode, press, select, selected, sleep, up} from '../stage.js';

// Nobody confirms a commit, and only a session that asks for that waits.
const settings = {synchronous_standby_names: 'nobody', synchronous_commit: 'local'};

onEachNode({among: newestNode, isCleared: true, settings}, stage => {
	test.sequential('in ! the arrows choose an alert, Enter goes to its session, and k is about that', async () => {
		const other = await stage.open(sleep);
		const session = await stage.open('set synchronous_commit = on');
		void session.start('create table confirmed ()').catch(() => {});
		const terminal = await stage.watch();
		await select(terminal, other.pid);
		await terminal.until(/^▲ 1 commit waits for a standby/);
		await terminal.type('!');
		await terminal.until(/^ >sync +1 commit waits for a standby/);
		expect(terminal.row(-1)).toBe('Enter select  Esc back');
		await terminal.type(60, down);
		await terminal.until(/^ >logged +the server logs our statements/);
		expect(terminal.row(-1)).toBe('Esc back');
		await terminal.type(60, '\r');
		await terminal.until('no session is meant: what is known of it stands under the alert');
		await terminal.type(60, up);
		await terminal.until(/^ >sync /);
		await terminal.type(60, '\r');
		await terminal.until(selected(session.pid));
		expect(await stage.signalsSent()).toBe(0);
		// It asks: a commit that only waits for a standby stands here.
		await press(terminal, 'k', /^y: yes, end it /);
		expect(terminal.screen().join('\n')).toContain(String(session.pid));
		await terminal.type('\u001B');
		expect(await stage.signalsSent()).toBe(0);
	});
});
