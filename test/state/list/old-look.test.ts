import {expect, test} from 'vitest';
import {backend, idleBackend, noon, second} from '../../helpers/state/backend.js';
import {down, lookingAt, play} from '../../helpers/state/play.js';

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
	const pressed = looked
		.picture([{...session}])
		.draws()
		.waits(100)
		.types('k')
		.waits(50);
	expect(pressed.given('signal')[0]?.orders[0].facts).toMatchObject({age: 10});
});
