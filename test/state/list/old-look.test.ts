import {describe, expect, test} from 'vitest';
import {backend, idleBackend, noon, second} from '../../helpers/state/backend.js';
import {down, lookingAt, type Play, play} from '../../helpers/state/play.js';

const idle = idleBackend(4388);
const busy = backend(4388, {xactStart: noon, queryStart: noon});

test('what was looked at while the picture was held is what k demands, however new the picture is that came since', () => {
	const held = lookingAt(idle).types('p').waits(600_000);
	const pressed = held.types('p').waits(1).picture([busy]).draws().waits(100).types('k').waits(50);
	expect(pressed.signals()).toMatchObject([{work: 'idle', target: {pid: 4388, state: 'idle'}}]);
	expect(pressed.given('signal')[0]?.orders[0].facts).toMatchObject({state: 'idle', xactAge: null});
});

test('and so is what was looked at in the picture before one that came late', () => {
	const late = lookingAt(idle).waits(30_000).picture([busy]).draws().waits(100).types('k').waits(50);
	expect(late.signals()).toMatchObject([{work: 'idle', target: {state: 'idle'}}]);
});

test('the ages in the audit file are those of the picture that was looked at', () => {
	const session = backend(4388, {age: 10 * second});
	const looked = play().picture([session]).types(down).looksAtIt();
	const pressed = looked.picture([session]).draws().waits(100).types('k').waits(50);
	expect(pressed.given('signal')[0]?.orders[0].facts).toMatchObject({age: 10});
});

// As it is from the server: in every picture the same object.
describe('a session that does not change is looked at anew in every picture', () => {
	const facts = (moment: Play) => moment.waits(50).given('signal')[0]?.orders[0].facts;

	test.each([
		['that waits', backend(4388, {age: 10 * second}), {age: 16, xactAge: 16, stateAge: 16}],
		['that is idle', idleBackend(4388, {age: 10 * second}), {age: null, xactAge: null, stateAge: 16}],
	])('one %s: after six more pictures the audit file has the age of the last', (_, session, ages) => {
		let moment = lookingAt(session);
		for (let pictures = 0; pictures < 6; pictures++) moment = moment.picture([session]).looksAtIt();
		expect(facts(moment.types('k'))).toMatchObject(ages);
	});

	test('after a long hold what counts is first the picture that was held, then the new one', () => {
		const looking = lookingAt(idle).types('p').waits(600_000).types('p').waits(1).picture([idle]).draws();
		const before = facts(looking.waits(100).types('k'))?.stateAge ?? 0;
		const after = facts(looking.waits(500).types('k'))?.stateAge ?? 0;
		expect(Math.round(after - before)).toBe(601);
	});

	test('that there is nothing to cancel is said with the age in the last of them', () => {
		const session = backend(4388, {state: 'idle in transaction', age: 10 * second});
		const looking = lookingAt(session).waits(5000).picture([session]).looksAtIt();
		expect(looking.types('c').status()).toContain('idle in transaction for 16s');
	});

	test('where another server shows just the same, its picture has to be looked at, and is what k demands', () => {
		const other = lookingAt(idle)
			.picture([idle], {server: {startedAt: noon}})
			.draws();
		expect(other.waits(499).types('k').status()).toMatch(/of the server before/);
		expect(other.waits(500).types('k').waits(50).signals()).toMatchObject([{startedAt: noon}]);
	});

	test('a frame of the same picture changes nothing, and the time in a line goes on', () => {
		const drawn = play().picture([idle]).types(down).draws().waits(300).picture([idle]).draws();
		expect(drawn.draws().state).toBe(drawn.state);
		const pressed = drawn.waits(200).types('k');
		expect(facts(pressed)?.stateAge).toBe(facts(lookingAt(idle).types('k'))?.stateAge);
	});
});
