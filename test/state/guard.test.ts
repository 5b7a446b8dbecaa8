import {describe, expect, test} from 'vitest';
import {backend, idleBackend, minute, noon, second} from '../helpers/backend.js';
import {lookingAt, type Play} from '../helpers/play.js';

const session = backend(4388);
const ordered = (moment: Play) => moment.waits(50).signals()[0];

describe('what a key orders', () => {
	test('names the session, its query and its transaction as they were looked at', () => {
		expect(ordered(lookingAt(session).types('c'))).toEqual({
			number: 1,
			signal: 'cancel',
			target: {
				id: session.id,
				pid: 4388,
				userId: 10,
				backendStart: session.backendStart,
				xactStart: session.xactStart,
				queryStart: session.queryStart,
				hash: session.query?.hash,
			},
			deadline: expect.any(Number),
			transaction: 'same',
		});
	});

	test('has its own number', () => {
		const twice = lookingAt(session).types('c').waits(50).types('k').waits(50);
		expect(twice.signals().map(({number}) => number)).toEqual([1, 2]);
	});

	test.each([0, 0.2, 1, 1.999, 10])(
		'holds for 3 s from the key on the server’s clock, %d s after the picture',
		s => {
			const clock = noon + 17 * minute;
			const looking = lookingAt(session).waits(1000).picture([session], {at: clock});
			const pressed = looking.waits(s * 1000).types('k');
			expect(ordered(pressed)?.deadline).toBe(clock + s * second + 3 * second);
		},
	);

	test('holds for 3 s from the key, however late the program comes to send it', () => {
		const late = lookingAt(session).types('k').stalls(2000).does({type: 'wake'});
		expect(late.signals()[0]?.deadline).toBe(noon + 1 * second + 3 * second);
	});
});

describe('k and the transaction of the row', () => {
	test('a row in a transaction: the same one', () => {
		const {transaction, target} = ordered(lookingAt(session).types('k')) ?? {};
		expect(transaction).toBe('same');
		expect(target?.xactStart).toBe(session.xactStart);
	});

	const idle = lookingAt(idleBackend(4403));
	const fresh = idle.picture([idleBackend(4403)]).draws();

	test('a row without one: any', () => {
		expect(ordered(fresh.waits(300).types('k'))?.transaction).toBe('any');
	});

	const broughtByR = fresh
		.types('p')
		.types('r')
		.waits(9)
		.picture([idleBackend(4403)])
		.draws();
	test.each([
		['in a picture of exactly two intervals', 'any', fresh.stalls(4000)],
		['in a picture older than two intervals', 'none', fresh.stalls(4001)],
		['in a picture that is held', 'none', fresh.waits(300).types('p').waits(60)],
		['in a picture that r brought while held', 'none', broughtByR.waits(250)],
	] as const)('a row without one, %s: %s', (_, transaction, moment) => {
		expect(ordered(moment.types('k'))?.transaction).toBe(transaction);
	});

	test('two intervals are two of those in force: a stretched one counts', () => {
		const stretched = [1, 2, 3].reduce<Play>(
			so =>
				so
					.waits(100)
					.picture([idleBackend(4403)], {serverMs: 300})
					.draws(),
			idle,
		);
		expect(ordered(stretched.stalls(12_000).types('k'))?.transaction).toBe('any');
		expect(ordered(stretched.stalls(12_001).types('k'))?.transaction).toBe('none');
	});

	test('an aborted transaction has no start on the server: it must still be aborted', () => {
		const aborted = backend(4402, {state: 'idle in transaction (aborted)'});
		expect(ordered(lookingAt(aborted).types('k'))?.transaction).toBe('aborted');
	});
});
