import process from 'node:process';
import {limit} from '../helpers/limit.js';

/** How often each race is run: some rounds every time, and many by hand with PGTOP_TEST_ROUNDS=200. */
export const rounds = Number(process.env.PGTOP_TEST_ROUNDS ?? 20);

/** Then they say what came of them. */
export const isByHand = process.env.PGTOP_TEST_ROUNDS !== undefined;

/** So long a race may take, in milliseconds: a round takes a slow machine a few seconds. */
export const patience = 5 * limit + rounds * 5000;

/** In every fourth round the victim is ahead for certain, in every fourth the signal, and in the others nobody knows. */
export async function race<Answer>(
	round: number,
	signal: () => Promise<Answer>,
	move: () => Promise<unknown>,
): Promise<Answer> {
	switch (round % 4) {
		case 0:
			await move();
			return signal();
		case 1: {
			const answer = await signal();
			await move();
			return answer;
		}

		case 2: {
			const [answer] = await Promise.all([signal(), move()]);
			return answer;
		}

		default: {
			const [, answer] = await Promise.all([move(), signal()]);
			return answer;
		}
	}
}

/** What happens every other time in which each of these is the first one. */
export const isEvenBlock = (round: number) => Math.floor(round / 4) % 2 === 0;

/** Resolves when this holds, or what runs is over: it may have been hit. */
export async function untilEither(
	running: Promise<unknown>,
	condition: () => Promise<boolean>,
): Promise<void> {
	let isOver = false;
	const over = () => {
		isOver = true;
	};
	running.then(over, over);
	while (!isOver && !(await condition())) await new Promise(resolve => setImmediate(resolve));
}
