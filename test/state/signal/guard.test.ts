import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../source/domain/session/backend.js';
import type {Work} from '../../../source/domain/signal/target.js';
import {backend, idleBackend, minute, noon, second, snapshot} from '../../helpers/state/backend.js';
import {lookingAt, type Play, play} from '../../helpers/state/play.js';

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
				stateChange: session.stateChange,
				state: 'active',
				hash: session.hash,
			},
			startedAt: snapshot([]).server.startedAt,
			expiresAt: expect.any(Number),
			work: 'query',
			asked: [],
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
			expect(ordered(pressed)?.expiresAt).toBe(clock + s * second + 3 * second);
		},
	);

	test('holds for 3 s from the key, however late the program comes to send it', () => {
		const late = lookingAt(session).types('k').stalls(2000).does({type: 'wake'});
		expect(late.signals()[0]?.expiresAt).toBe(noon + 1 * second + 3 * second);
	});
});

describe('k at once demands that the session is still at what the row shows', () => {
	test.each<[what: string, one: Backend, work: Work]>([
		['a transaction', session, 'transaction'],
		['a transaction that waits for its client', backend(4388, {state: 'idle in transaction'}), 'transaction'],
		['a statement without one', backend(4388, {xactStart: undefined}), 'statement'],
		['a fastpath call', backend(4388, {state: 'fastpath function call'}), 'call'],
		['an aborted transaction', backend(4388, {state: 'idle in transaction (aborted)'}), 'aborted'],
		['nothing', idleBackend(4403), 'idle'],
		['a login', backend(4388, {state: 'starting', xactStart: undefined}), 'login'],
	])('%s', (_, one, work) => {
		expect(ordered(lookingAt(one).types('k'))).toMatchObject({work, asked: []});
	});

	// What was idle in the picture may be writing by now, however new the picture is.
	const fresh = lookingAt(idleBackend(4403))
		.picture([idleBackend(4403)])
		.draws();
	test.each([
		['in a new picture', fresh.waits(600)],
		['in a picture older than two intervals', fresh.stalls(9000)],
		['in a picture of every minute', lookingAt(idleBackend(4403), {interval: 60_000}).stalls(59_000)],
		['in a picture that is held', fresh.waits(600).types('p').waits(60)],
	])('nothing, %s', (_, moment) => {
		expect(ordered(moment.types('k'))?.work).toBe('idle');
	});
});

describe('every order demands the server of the picture that was looked at', () => {
	const server = {startedAt: noon - minute};

	test.each(['c', 'k'])('%s', key => {
		const looking = play().picture([session], {server}).types('\u001B[B').looksAtIt();
		expect(ordered(looking.types(key))?.startedAt).toBe(noon - minute);
	});

	test('but for a role that may not read since when it runs', () => {
		const {startedAt: _, ...untold} = snapshot([]).server;
		const looking = play()
			.does({type: 'sampled', snapshot: {...snapshot([session]), server: untold}})
			.types('\u001B[B')
			.looksAtIt();
		const order = ordered(looking.types('k'));
		expect(order).toBeDefined();
		expect(order).not.toHaveProperty('startedAt');
	});
});
