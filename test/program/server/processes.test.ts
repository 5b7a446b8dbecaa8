import {spawnSync} from 'node:child_process';
import {expect, test} from 'vitest';
import type {Terminal} from '../../helpers/terminal/terminal.js';
import {newestNode, onEachNode, select} from '../stage.js';

/** As in a container: the processes of this machine are not there, or have other numbers. */
const inContainer = ['unshare', '--pid', '--fork', '--mount-proc'];
const [unshare = '', ...flags] = inContainer;
const hasContainers = spawnSync(unshare, [...flags, 'true']).status === 0;

const work = 'select count(*) from generate_series(1, 1000000000)';
const uses = /^│ uses +cpu \d+% {2}memory [\d.]+[kM]B\b/;
const waits = /^│ waits +cpu/;

onEachNode({among: newestNode, isCleared: true}, stage => {
	const watchBusy = async (under: readonly string[]): Promise<Terminal> => {
		const session = await stage.open('select 1');
		void session.start(work);
		await session.untilActive();
		const terminal = await stage.watch({columns: 80, rows: 34, under});
		await select(terminal, session.pid);
		await terminal.until(waits);
		return terminal;
	};

	test.runIf(process.platform === 'linux')('the pane says what the process of a session uses', async () => {
		const terminal = await watchBusy([]);
		await terminal.until(uses);
	});

	test.runIf(hasContainers)('but not from a container beside that of the server', async () => {
		const terminal = await watchBusy(inContainer);
		// Two pictures later it would be there.
		const clock = () => /\d\d:\d\d:\d\d/.exec(terminal.row(0))?.[0];
		const before = clock();
		await terminal.until(() => clock() !== before);
		const after = clock();
		await terminal.until(() => clock() !== after);
		expect(terminal.find(/^│ uses/)).toBe(-1);
	});
});
