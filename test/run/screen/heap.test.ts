import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {build} from 'esbuild';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {nodes} from '../../helpers/terminal/terminal.js';

/** Makes as much garbage as long runs do, in as many parts as numbers of sessions are given, and prints how many MB V8 takes for new objects then. */
const program = `
import {getHeapSpaceStatistics} from 'node:v8';
import {openHeap} from ${JSON.stringify(join(import.meta.dirname, '..', '..', '..', 'source', 'run', 'screen', 'heap.ts'))};

const heap = openHeap();
let kept = [];
for (const sessions of process.argv.slice(2))
	for (let round = 0; round < 400; round++) {
		kept = Array.from({length: 10_000}, (_, index) => ({round, index, before: kept[index]?.index}));
		heap.fit(Number(sessions));
	}
const {space_size} = getHeapSpaceStatistics().find(({space_name}) => space_name === 'new_space');
console.log(space_size / 2 ** 20);
`;

describe.each(nodes)('on Node.js $version', ({node}) => {
	let folder: string;
	let file: string;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
		file = join(folder, 'heap.mjs');
		await writeFile(join(folder, 'heap.ts'), program);
		await build({
			entryPoints: [join(folder, 'heap.ts')],
			outfile: file,
			bundle: true,
			platform: 'node',
			format: 'esm',
			logLevel: 'error',
		});
	});

	afterAll(async () => rm(folder, {recursive: true}));

	const spaceAfter = async (...sessions: number[]) => {
		const {stdout} = await promisify(execFile)(node, [file, ...sessions.map(String)]);
		return Number(stdout);
	};

	test('with few sessions the room for new objects is large, with many it grows on', async () => {
		expect(await spaceAfter(499)).toBeLessThanOrEqual(4);
		expect(await spaceAfter(500)).toBeGreaterThan(8);
		expect(await spaceAfter(200, 2000)).toBeGreaterThan(8);
	});
});
