import {describe, expect, test} from 'vitest';
import {backend, hour, idleBackend, minute, noon, processOf} from '../helpers/state/backend.js';
import {lookingAt, type Play, play} from '../helpers/state/play.js';

const session = backend(4388);

describe('of what began before the clock was set back', () => {
	const past = noon - hour;
	const pictured = (...sessions: Parameters<Play['picture']>[0]) =>
		play().picture(sessions, {at: past, server: {startedAt: noon - minute}});

	test('the header says ? for uptime and longest transaction', () => {
		expect(pictured(session).topText()).toContain('up ?');
		expect(pictured(session, backend(1, {age: 0})).topText()).toMatch(/longest tx +\? of 4388 /);
	});

	test('a transaction whose age can be told is no more than the least that the longest can be', () => {
		const since = backend(4402, {age: hour + minute});
		expect(pictured(session, since).topText()).toContain('longest tx >=1m00s of 4402');
		expect(pictured(since).topText()).toContain('longest tx  1m00s of 4402');
	});

	test('the details say ? for each of its ages', () => {
		const one = backend(4388, {backendStart: noon - minute});
		const page = lookingAt(one).types('\r').reads(one, {at: past}).page();
		expect(page).toMatch(/^connected \? ago$/m);
		expect(page).toMatch(/^state active for \?$/m);
		expect(page).toMatch(/^open for \?$/m);
		expect(page).toMatch(/^query running for \?, /m);
	});

	test('a question says ? for its age', () => {
		const asked = lookingAt(session, {confirm: 'always'}).types('k').waits(50).reads(session, {at: past});
		expect(asked.question()).toContain('active  age ?');
	});

	test('it is said that it is idle in transaction for ?', () => {
		const idle = backend(4388, {state: 'idle in transaction', age: 0});
		const back = lookingAt(idle)
			.waits(3000)
			.picture([{...idle}], {at: past});
		const pressed = back.waits(4000).draws().waits(1000).types('c').waits(50);
		expect(pressed.status()).toBe('nothing to cancel: idle in transaction for ?. k ends the session');
	});

	test('what the guard found instead is said to be at it for ?', () => {
		const pressed = lookingAt(session).types('k').waits(50);
		const held = pressed.answers({
			type: 'answered',
			at: past,
			held: ['work'],
			seen: {pid: 4388, state: 'active', xactStart: noon},
		});
		expect(held.status()).toBe('4388 has ended that transaction, now active ?. k again ends the session');
	});

	test('a session without an age keeps its -', () => {
		expect(pictured(idleBackend(4403, {age: -hour})).line(4403)).toMatch(/ idle +- *$/);
		expect(pictured(processOf(51, 'checkpointer')).types('a').line(51)).toMatch(/ - checkpointer/);
	});
});
