import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../../source/domain/session/backend.js';
import {
	backend,
	idleBackend,
	invisible,
	minute,
	noon,
	ownPid,
	processOf,
} from '../../../helpers/state/backend.js';
import {end, home, type Play, pageDown, play} from '../../../helpers/state/play.js';

const own = backend(ownPid, {backendStart: noon - minute});

/** Idle ones in the order in which they are listed. */
const idle = Array.from({length: 100}, (_, index) =>
	idleBackend(5000 + index, {age: (200 - index) * minute}),
);

/** As the server answers this refresh: of those that were asked for the text is there. */
const answer = (moment: Play, backends: readonly Backend[] = idle) => {
	const {idleTexts = []} = moment.given('sample').at(-1) ?? {};
	return moment.picture(
		backends.map(one =>
			idleTexts.includes(one.pid) && one.state === 'idle' ? {...one, query: {text: 'COMMIT', bytes: 6}} : one,
		),
	);
};

const asked = (moment: Play) => moment.given('sample').at(-1)?.idleTexts;
const first = () => answer(play().until('sample'));
const second = () => answer(first().until('sample'));

describe('the last query of an idle session', () => {
	test('is asked for with the refresh after the one that has shown its row, and stands there then', () => {
		expect(asked(play().until('sample'))).toEqual([]);
		expect(first().line(5000)).not.toContain('COMMIT');
		const next = first().until('sample');
		expect(asked(next)).toEqual(next.rows().map(Number));
		expect(asked(next)?.length).toBeLessThan(idle.length);
		expect(second().line(5000)).toMatch(/ idle 3h20m: COMMIT +$/);
	});

	test('is asked for of what runs something, too, which may be idle by then', () => {
		const shown = play().picture([backend(4388), idleBackend(4389)]);
		expect(asked(shown.until('sample'))).toEqual([4388, 4389]);
	});

	test('is asked for of the selected session, wherever its row is', () => {
		const selected = second().types(home).waits(5000);
		const moved = answer(selected, [idleBackend(5000, {age: 1}), ...idle.slice(1)]);
		const next = moved.until('sample');
		expect(next.rows()).not.toContain('5000');
		expect(asked(next)).toEqual([...next.rows().map(Number), 5000]);
	});

	test('is not asked for of those that have gone, of what may not be seen, and of processes that have none', () => {
		const shown = play()
			.picture([idleBackend(4388), backend(4389), invisible(4402), processOf(51, 'checkpointer'), own])
			.types('a')
			.types(home);
		const gone = shown
			.waits(100)
			.picture([backend(4389), invisible(4402), processOf(51, 'checkpointer'), own]);
		expect([...(asked(gone.until('sample')) ?? [])].sort((a, b) => a - b)).toEqual([4389, ownPid]);
	});

	test('is nothing that a signal is about: neither its order nor its line in the audit file has it', () => {
		const text = 'DROP INDEX CONCURRENTLY a';
		const session: Backend = {...idleBackend(4388), query: {text, bytes: text.length}};
		const sent = (one: Backend) =>
			play({size: {columns: 160, rows: 24}})
				.picture([one])
				.types(home)
				.looksAtIt()
				.presses('k');
		expect(sent(session).line(4388)).toContain(text);
		expect(sent(session).given('signal')).toEqual(sent(idleBackend(4388)).given('signal'));
		expect(sent(session).given('signal')).toHaveLength(1);
		expect(sent(session).given('signal')[0]?.orders[0].facts.query).toBeNull();
	});
});

describe('after scrolling', () => {
	test('it is asked for early, once the window has rested, and then in the usual rhythm', () => {
		const scrolled = second().waits(1500).types(end);
		const early = scrolled.until('sample');
		expect(early.now - scrolled.now).toBe(200);
		expect(asked(early)).toEqual(early.rows().map(Number));
		const there = answer(early);
		expect(there.line(Number(there.rows()[0]))).toMatch(/: COMMIT +$/);
		expect(answer(there.until('sample')).times('sample').at(-1)).toBe(early.now + 2000);
	});

	test('every further key puts that off, and two refreshes are a second apart', () => {
		const sampledAt = second().times('sample').at(-1) ?? 0;
		const scrolled = second().waits(300).types(pageDown).waits(150).types(pageDown);
		expect(scrolled.until('sample').now).toBe(sampledAt + 1000);
		const late = second().waits(1000).types(pageDown).waits(150).types(pageDown);
		expect(late.until('sample').now - late.now).toBe(200);
	});

	const usual = (moment: Play) => (second().times('sample').at(-1) ?? 0) + moment.state.settings.interval;

	test.each<[string, (moment: Play) => Play]>([
		['the window shows nothing new', moment => moment.waits(300).types(home)],
		['every text is there', moment => answer(moment, idle.slice(0, 5)).types(end)],
	])('it is not asked for early where %s', (_, does) => {
		const moved = does(second());
		expect(moved.until('sample').now).toBe(usual(moved));
	});

	test('nothing is asked for early while the picture is held, and where refreshes have become slower', () => {
		const held = second().types('p').types(pageDown).waits(60_000);
		expect(held.times('sample')).toEqual(second().times('sample'));
		const failed = second().until('sample').does({type: 'sample-failed', why: 'no'});
		expect(failed.types(pageDown).until('sample').now - failed.now).toBe(4000);
	});

	test('a session whose texts are not given has no refresh come early', () => {
		const untold = idle.map((one): Backend => ({...one, isUnread: true}));
		const scrolled = play().picture(untold).until('sample').picture(untold).waits(1500).types(pageDown);
		expect(scrolled.until('sample').now - scrolled.now).toBe(500);
	});
});
