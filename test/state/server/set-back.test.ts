import {describe, expect, test} from 'vitest';
import {backend, hour, minute, noon, second} from '../../helpers/state/backend.js';
import {lookingAt, type Play} from '../../helpers/state/play.js';
import {other, relinked} from './other-server.js';

const session = backend(4388);
/** At work since an hour and a minute, or since a minute by a clock that was set back by an hour. */
const young = backend(4402, {age: hour + minute, backendStart: noon - 2 * hour});
const looking = lookingAt(session).waits(3000);

/** The next picture, by a clock that is behind by so much. */
const behind = (moment: Play, by: number, sessions = [session, young]) =>
	moment.picture(sessions, {at: noon + moment.now * 1000 - by});

describe("a picture by a server's clock that was set back", () => {
	const back = behind(looking, hour);

	test('says so once, and by how much', () => {
		expect(back.status()).toBe("the server's clock was set back by 1h00m: ages of what began before are ?");
		const next = behind(back.waits(3500).types('\u001B[B'), hour);
		expect(next.status()).toBe('');
	});

	test('comes before an outcome for 3 s, and makes place for it', () => {
		const sent = looking.draws().waits(1000).types('k').waits(50).sends().until('look').sees();
		const told = behind(sent, minute, [young]);
		expect(told.status()).toMatch(
			/^the server's clock was set back by 1m00s: .* are \?; 4388 ended 0\.1s after k$/,
		);
		expect(told.waits(3000).status()).toBe('4388 ended 0.1s after k');
	});

	test('shows ? where something began before, and sorts it last', () => {
		expect(back.rows()).toEqual(['4402', '4388']);
		expect(back.line(4388)).toMatch(/ active +cpu +\? UPDATE/);
		expect(back.line(4402)).toMatch(/ active +cpu +1m\d\ds UPDATE/);
	});

	test('is said of no correction of a second, and of no other server', () => {
		const noticed = (by: number) => {
			const at = (looking.state.server.snapshot?.at ?? 0) - by;
			return looking.picture([session], {at}).status();
		};
		expect(noticed(second)).toBe('');
		expect(noticed(second + 1)).toMatch(/^the server's clock was set back by /);
		const elsewhere = relinked(looking).picture([young], {...other, at: noon - hour});
		expect(elsewhere.status()).not.toContain('set back');
	});

	test('fits 78 columns, however far back it is', () => {
		expect(behind(looking, 60_000 * 24 * hour).status().length).toBeLessThanOrEqual(78);
	});
});
