import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {type Figure, median} from '../report/figure.js';
import type {StepTimes} from './frames.js';
import {startScriptedServer} from './scripted-server.js';

const run = promisify(execFile);

/** Pictures before the first that counts: by then the code is compiled. */
const unmeasured = 20;

const words: readonly (readonly [step: keyof StepTimes, words: string])[] = [
	['parse', 'pg reads the sessions'],
	['sample', 'answer → picture (with pg)'],
	['update', 'picture → state'],
	['lines', 'state → painted lines'],
	['render', 'state → frame of Ink (with lines)'],
	['cells', 'frame → bytes'],
	['all', 'answer → bytes, in all'],
	['filter', 'a letter of the filter → bytes'],
];

/** What a frame is made in, inside the program: `worker` is the program's own code, run with this Node.js. */
export async function measureInside(
	{node, worker}: {readonly node: string; readonly worker: string},
	{
		frames,
		backends,
		signal,
	}: {readonly frames: number; readonly backends: number; readonly signal: AbortSignal},
): Promise<readonly Figure[]> {
	const server = await startScriptedServer(backends);
	try {
		const {stdout} = await run(node, [worker, String(server.port), String(frames), String(unmeasured)], {
			maxBuffer: 64 * 1024 * 1024,
			signal,
		});
		const times = JSON.parse(stdout) as StepTimes;
		return words.map(([step, name]) => ({
			name: `${name}, ${backends} scripted backends`,
			unit: 'ms',
			values: {pgtop: median(times[step])},
		}));
	} finally {
		server.close();
	}
}
