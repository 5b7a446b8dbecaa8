import {type ParseArgsConfig, parseArgs} from 'node:util';

export const benchOptions = {
	quick: {type: 'boolean'},
	save: {type: 'boolean'},
	backends: {type: 'string'},
	node: {type: 'string'},
	warm: {type: 'string'},
	soak: {type: 'string'},
} as const satisfies ParseArgsConfig['options'];

/** What a run measures, and how often. */
export type Plan = {
	readonly isSaved: boolean;
	/** How many backends the server has, one number after the other. */
	readonly backends: readonly number[];
	/** Sizes of the scripted server. */
	readonly scripted: readonly number[];
	/** The program's Node.js. */
	readonly node: string | undefined;
	/** A long run, and nothing else, in minutes. */
	readonly soak?: number;
	/** In seconds. */
	readonly warm: number;
	readonly steady: number;
	readonly held: number;
	/** How often each program is started. */
	readonly starts: number;
	/** How often each key is pressed. */
	readonly keys: number;
	/** Pictures of the scripted server. */
	readonly frames: number;
	/** How many sessions are ended at a time. */
	readonly ended: number;
};

const whole: Omit<Plan, 'isSaved' | 'node'> = {
	backends: [20, 200, 2000],
	scripted: [200, 2000, 10_000],
	warm: 60,
	steady: 30,
	held: 30,
	starts: 15,
	keys: 40,
	frames: 60,
	ended: 500,
};

/** Some 60 s in all. */
const quick: typeof whole = {
	backends: [200],
	scripted: [200, 2000],
	warm: 8,
	steady: 8,
	held: 4,
	starts: 3,
	keys: 10,
	frames: 20,
	ended: 50,
};

/** The load has one of each kind, and a server has to start with them. */
const [fewest, most] = [20, 5000];

const isCount = (text: string) => /^\d{1,5}$/.test(text);

export function readArguments(words: readonly string[]): Plan | {readonly fault: string} {
	let given: ReturnType<typeof parsed>;
	try {
		given = parsed(words);
	} catch (error) {
		return {fault: `${(error as Error).message.split(/\.\s/)[0]}: ${known}`};
	}

	const {backends, warm, soak, node} = given;
	const usual = given.quick ? quick : whole;
	const counts = backends?.split(',') ?? [];
	if (!counts.every(count => isCount(count) && Number(count) >= fewest && Number(count) <= most))
		return {fault: `--backends takes numbers from ${fewest} to ${most}, as in 200,2000`};
	if (warm !== undefined && !isCount(warm)) return {fault: '--warm takes a number of seconds'};
	if (soak !== undefined && !(isCount(soak) && Number(soak) > 0))
		return {fault: '--soak takes a number of minutes'};
	return {
		...usual,
		isSaved: given.save ?? false,
		node,
		...(backends !== undefined && {backends: [...new Set(counts.map(Number))]}),
		...(warm !== undefined && {warm: Number(warm)}),
		...(soak !== undefined && {soak: Number(soak)}),
	};
}

const known = `known are ${Object.keys(benchOptions)
	.map(name => `--${name}`)
	.join(', ')}`;

const parsed = (words: readonly string[]) => parseArgs({args: [...words], options: benchOptions}).values;
