import {beforeAll, expect, test} from 'vitest';
import {waitUntil} from '../../helpers/session/session.js';
import {down, newestNode, onEachNode, select, selected} from '../stage.js';
import {openChain, orders} from './chain.js';

const left = '\u001B[D';
const key = 'select pg_advisory_lock(7)';

onEachNode({among: newestNode, isCleared: true}, stage => {
	beforeAll(async () => {
		await stage.cluster.observe(orders);
	});

	test.sequential.each([
		['C.UTF-8', '├─ ', '│  └─ ', '└─ ', '   ├─ ', '   └─ '],
		['C', '|- ', '|  `- ', '`- ', '   |- ', '   `- '],
	])('t draws who waits for whom, with LC_ALL=%s', async (locale, ...branches) => {
		const {holder, first, second, alter, readers} = await openChain(stage);
		const terminal = await stage.watch({env: {LC_ALL: locale}, columns: 100});
		await terminal.type('t');
		await terminal.until(new RegExp(`^ #  *${holder.pid} .* blocks 5 `));
		const [toFirst, toSecond, toAlter, ...toReaders] = branches;
		const expected = [
			[first.pid, `lock < ${holder.pid}`, `${toFirst}update`],
			[second.pid, `lock < ${first.pid}`, `${toSecond}update`],
			[alter.pid, `lock < ${holder.pid}`, `${toAlter}+2 more: alter`],
			...readers.map(({pid}, index) => [pid, `queue < ${alter.pid}`, `${toReaders[index]}select`]),
		] as const;
		await terminal.until(`${toAlter}+2 more: alter`);
		const top = terminal.find(` ${holder.pid} app `);
		for (const [index, words] of expected.entries()) {
			const row = terminal.row(top + 1 + index);
			for (const word of words) expect(row).toContain(` ${word}`);
		}

		expect(terminal.row(-1)).toContain('t list');
		await terminal.type('t');
		await terminal.until(/ t tree /);
		await terminal.until(() => terminal.find(`${toFirst}update`) < 0);
	});

	test.sequential('25 who wait for one lock are one line, Enter opens it, and the left arrow closes it', async () => {
		const holder = await stage.open(key);
		const waiters = await Promise.all(Array.from({length: 25}, async () => stage.open('select 1')));
		for (const waiter of waiters) void waiter.start(key);
		await waitUntil(stage.cluster, '(select count(*) from pg_locks where not granted) = 25');
		const terminal = await stage.watch({rows: 60});
		await terminal.until(new RegExp(`^▲ ${holder.pid} blocks 25 `));
		await terminal.type('t');
		await terminal.until('└─ 25 more: Enter');
		const shown = () => waiters.filter(({pid}) => terminal.find(new RegExp(`^[ >][ #][ *-] *${pid} `)) >= 0);
		expect(shown()).toEqual([]);

		await select(terminal, holder.pid);
		await terminal.type(60, down);
		await terminal.until(/^> .*└─ 25 more: Enter/);
		await terminal.until(/^Enter open /);
		await terminal.type(60, '\r');
		await terminal.until(() => shown().length === 25);
		expect(terminal.find('25 more')).toBe(-1);
		await terminal.until(/^>[ #] *\d+ app .* lock < \d+ .*├─ select/);
		await terminal.type(60, left);
		await terminal.until(/^> .*└─ 25 more: Enter/);
		await terminal.type(60, 'k');
		await terminal.until('this line stands for many sessions: Enter shows them');
		expect(await stage.signalsSent()).toBe(0);

		await terminal.type(60, 'b');
		await terminal.until(selected(holder.pid));
	});
});
