import process from 'node:process';
import {expect, onTestFinished, test} from 'vitest';
import {type Held, openLife} from '../../../source/run/end/life.js';

const events = ['uncaughtException', 'unhandledRejection', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const;

/** A life with all that it can hold, and what happens at its end, in order. */
function openWhole(fails: Partial<Record<keyof Held, unknown>> = {}) {
	const before = events.map(event => process.listeners(event as 'SIGINT'));
	onTestFinished(() => {
		for (const [index, event] of events.entries())
			for (const listener of process.listeners(event as 'SIGINT'))
				if (!before[index]?.includes(listener)) process.off(event, listener);
	});
	const happened: string[] = [];
	const life = openLife({
		version: '1.0.0',
		environment: {},
		complain: sentence => happened.push(sentence.split('\n')[0] ?? ''),
		keep: async () => '/state/bug.txt',
	});
	const happens = async (what: keyof Held, words: string) => {
		happened.push(words);
		if (fails[what] !== undefined) throw fails[what];
	};
	life.hold({
		screen: {
			leave: async () => happens('screen', 'leave'),
			isAway: () => false,
			lastWords: () => ['4388 was not seen to end'],
			known: () => ({versions: ['PostgreSQL 18.0']}),
		},
		audit: {
			async close() {
				await happens('audit', 'close');
				return ['{}'];
			},
		},
		demo: {stop: async () => happens('demo', 'stop')},
	});
	return {life, happened};
}

const inOrder = ['leave', '4388 was not seen to end', 'close', 'not written to the audit file:', 'stop'];

test('the end gives up all that is held, in one order, once', async () => {
	const {life, happened} = openWhole();
	life.end({type: 'quit'});
	life.end({type: 'signal', signal: 'SIGTERM'});
	expect(life.isEnding()).toBe(true);
	expect(await life.ended).toMatchObject({code: 0});
	expect(happened).toEqual(inOrder);
});

test('why it ends is said after the terminal is back, and before a server is stopped', async () => {
	const {life, happened} = openWhole();
	life.end({type: 'failure', sentence: 'db1:5432 closed the connection'});
	expect(await life.ended).toMatchObject({code: 1});
	expect(happened).toEqual(inOrder.toSpliced(-1, 0, 'db1:5432 closed the connection'));
});

const provoked = new Error('provoked');

function fail(): never {
	throw new Error('again');
}
const report = 'a bug in pgtop ended it: Error: provoked: report in /state/bug.txt';

test.each<[what: keyof Held, expected: readonly string[]]>([
	['screen', inOrder.toSpliced(-1, 0, report)],
	['audit', ['leave', '4388 was not seen to end', 'close', report, 'stop']],
	['demo', [...inOrder, report]],
])(
	'a fault while the %s is given up counts, and keeps nothing else from being done',
	async (what, expected) => {
		const {life, happened} = openWhole({[what]: provoked});
		life.end({type: 'quit'});
		expect(await life.ended).toMatchObject({code: 70});
		expect(happened).toEqual(expected);
	},
);

test.each<[what: string, thrown: unknown]>([
	['an error whose stack can’t be read', Object.defineProperty(new Error('x'), 'stack', {get: () => fail()})],
	['what throws wherever it is touched', new Proxy({}, {get: () => fail(), ownKeys: () => fail()})],
])('of %s it is told that it was a bug', async (_, thrown) => {
	const {life, happened} = openWhole();
	life.end({type: 'bug', error: thrown});
	expect(await life.ended).toMatchObject({code: 70});
	expect(happened.filter(said => said.startsWith('a bug in pgtop ended it'))).toHaveLength(1);
});

test('of two faults the first one is told: the other may follow from it', async () => {
	const {life, happened} = openWhole({screen: new Error('later')});
	life.end({type: 'bug', error: provoked});
	expect(await life.ended).toMatchObject({code: 70});
	expect(happened).toEqual(inOrder.toSpliced(-1, 0, report));
});

test('a signal ends it while there is a screen, and afterwards is nobody’s but the system’s', async () => {
	const counts = () => process.listenerCount('SIGTERM');
	const before = counts();
	const {life, happened} = openWhole();
	expect(counts()).toBe(before + 1);
	process.emit('SIGTERM', 'SIGTERM');
	expect(await life.ended).toMatchObject({code: 143});
	expect(counts()).toBe(before);
	expect(happened).toEqual(inOrder);
});
