import {expect, test} from 'vitest';
import type {Run} from '../../helpers/run.js';
import {endOf} from '../../helpers/session/scene.js';
import type {Session} from '../../helpers/session/session.js';
import {answerTooSoon, asked, setStage, told, untilRead, untilSoonEnough} from '../stage.js';

const stage = setStage({isConcurrent: true});

const question = /k: end the session of/;
const isAlways = {flags: ['--confirm=always']} as const;

/** From one look to the next one while a question is open, in milliseconds. */
const lookEvery = 1000;

/** A question about a session, which has just been looked at, and when. */
async function justLookedAt(run: Run, victim: Session): Promise<number> {
	await run.select(victim.pid);
	await asked(run, 'k', question);
	const askedAt = ({screen}: ReturnType<Run['state']>) => {
		const [layer] = screen.layers;
		return layer.type === 'question' ? layer.asked[0].askedAt : undefined;
	};
	const before = askedAt(run.state());
	await run.until(state => (askedAt(state) ?? before) !== before);
	return askedAt(run.state()) ?? -Infinity;
}

const expectUntouched = async (victim: Session) => {
	expect(await victim.query('select 1')).toHaveLength(1);
	expect(await stage.logOf(victim.pid)).not.toContain('terminating');
};

for (const [name, begin, end, words, moved] of [
	[
		'an open transaction that has ended',
		['begin'],
		['commit'],
		/has ended that transaction, now idle/,
		/has ended that transaction since/,
	],
	[
		'an open transaction that another one has followed',
		['begin'],
		['commit', 'begin'],
		/has ended that transaction, now idle-tx/,
		/on its next transaction/,
	],
	[
		'a failed transaction that is over',
		['begin', 'select 1/0'],
		['rollback'],
		/has ended that transaction, now idle/,
		/has ended that transaction since/,
	],
	[
		'an idle session that has begun a transaction',
		[],
		['begin'],
		/has begun a transaction, now idle-tx/,
		/has begun a transaction since/,
	],
] as const) {
	const does = async (victim: Session, texts: readonly string[]) => {
		for (const text of texts) await endOf(victim, text);
	};

	test.concurrent(`the question about ${name} stays, says so, and y ends the session`, async () => {
		const {victim, run} = await untilSoonEnough(async () => {
			const victim = await stage.session();
			await does(victim, begin);
			const run = await stage.run(isAlways);
			await run.select(victim.pid);
			await asked(run, 'k', question);
			await does(victim, end);
			await run.says(moved);
			// What it says is new: it has to be read.
			return (await answerTooSoon(run)) ? {victim, run} : undefined;
		});
		expect(run.bottom()).toMatch(/y ignored: the question was not on the screen long enough/);
		await untilRead(run);
		expect(await run.audit()).toEqual([]);
		await expectUntouched(victim);
		await run.press('y');
		const {signal} = await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
		expect(signal.pid).toBe(victim.pid);
		expect(await stage.logOf(victim.pid)).toContain('terminating connection due to administrator command');
	});

	test.concurrent(`y to ${name} before the question has told of it sends nothing; the question stays, and a second y ends the session`, async () => {
		const {victim, run} = await untilSoonEnough(async () => {
			const victim = await stage.session();
			await does(victim, begin);
			const run = await stage.run(isAlways);
			const lookedAt = await justLookedAt(run, victim);
			await does(victim, end);
			await run.press('y');
			return performance.now() - lookedAt < lookEvery ? {victim, run} : undefined;
		});
		const first = await told(run, new RegExp(`${words.source}\\. y ends the session`));
		expect(first.outcome.outcome).toBe('changed');
		expect(run.bottom()).toMatch(question);
		await run.says(moved);
		await untilRead(run);
		await expectUntouched(victim);
		await run.press('y');
		const second = await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
		expect(second.signal.id).not.toBe(first.signal.id);
		expect(await run.signalLines()).toHaveLength(2);
		expect(await stage.logOf(victim.pid)).toContain('terminating connection due to administrator command');
	});
}
