import {describe, expect, test} from 'vitest';
import {rowWith} from '../../../source/domain/list/row.js';
import type {Backend} from '../../../source/domain/session/backend.js';
import {
	backend,
	idleBackend,
	invisible,
	minute,
	noRights,
	ownPid,
	processOf,
} from '../../helpers/state/backend.js';
import {forgotten, longStorm} from '../../helpers/state/lock-storm.js';
import {down, end, home, lookingAt, type Play, play, up} from '../../helpers/state/play.js';
import {elsewhere, other, relinked} from '../server/other-server.js';
import {taggedIn} from './tagged.js';

const oldest = backend(4201, {age: 30 * minute, user: 'api', state: 'idle in transaction'});
const older = backend(4202, {age: 20 * minute, user: 'web'});
const newest = backend(4203, {age: 10 * minute, user: 'api'});
const idle = idleBackend(4204, {user: 'api'});
const all = [oldest, older, newest, idle];
const listed = play().picture(all);

const selectedIn = ({state: {screen}}: Play) => rowWith(screen.rows, screen.selected)?.value;

/** Filters as a person does. */
const filters = (moment: Play, text: string) => moment.types('/').types(text).types('\r').waits(1100);

describe('Space', () => {
	test('tags the selected session as it is on the screen, and goes one line down', () => {
		const tagged = listed.types(down).types(' ');
		expect(taggedIn(tagged)).toEqual([4201]);
		expect(tagged.selected()).toBe(4202);
		const [aimed] = tagged.state.screen.tags.values();
		expect(aimed).toEqual({
			backend: oldest,
			at: tagged.state.server.snapshot?.at,
			startedAt: tagged.state.server.snapshot?.server.startedAt,
		});
	});

	test('untags what is tagged, in the order in which they were', () => {
		const three = listed.types(down).types(' ').types(' ').types(' ');
		expect(taggedIn(three)).toEqual([4201, 4202, 4203]);
		expect(taggedIn(three.types(home).types(down).types(' '))).toEqual([4201, 4203]);
	});

	test('stays on the last line', () => {
		const last = listed.types(end).types(' ');
		expect(last.selected()).toBe(4204);
		expect(taggedIn(last)).toEqual([4204]);
		expect(taggedIn(last.types(' '))).toEqual([]);
	});

	test('with nothing selected only says so', () => {
		const pressed = listed.types(' ');
		expect(pressed.status()).toBe('select a session first: the arrows move');
		expect(pressed.selected()).toBeUndefined();
		expect(taggedIn(pressed)).toEqual([]);
	});

	test('holds the order, as a movement does', () => {
		const tagged = listed.types(down).waits(3000).types(' ').waits(1900);
		const other = backend(4205, {age: 50 * minute});
		expect(tagged.picture([...all, other]).rows()).toEqual(['4201', '4202', '4203', '4204']);
		expect(
			tagged
				.waits(200)
				.picture([...all, other])
				.rows()[0],
		).toBe('4205');
	});

	test('tags what this role may not signal: the question counts that', () => {
		const seen = play()
			.picture([invisible(4301)])
			.has(noRights)
			.types(down);
		expect(seen.line(4301)).toMatch(/^>-/);
		expect(seen.types(' ').line(4301)).toMatch(/^>\*/);
	});

	test.each([
		['pgtop itself', backend(ownPid), `${ownPid} is pgtop itself`],
		['what SQL ends not', processOf(51, 'checkpointer'), "51 is the checkpointer: SQL can't signal it"],
		[
			'a parallel worker',
			backend(4302, {type: 'parallel worker', leaderPid: 4201}),
			'4302 is a worker of 4201: select 4201',
		],
	])('does not tag %s, says why, and goes on', (_, session, why) => {
		const looking = lookingAt(session, {others: all});
		const pressed = looking.types(' ');
		expect(pressed.status()).toBe(why);
		expect(taggedIn(pressed)).toEqual([]);
		expect(pressed.selected()).toBe(looking.types(down).selected());
	});

	test('does not tag the line of a long queue, nor a prepared transaction', () => {
		const {backends, locks} = longStorm(60);
		const tree = play({size: {columns: 80, rows: 60}})
			.picture(backends, {locks, prepared: [forgotten]})
			.types('t');
		const selecting = (is: (row: Backend | undefined) => boolean) => {
			let moment = tree.types(down);
			for (let tries = 0; tries < 60 && !is(selectedIn(moment)); tries++) moment = moment.types(down);
			return moment;
		};

		const folded = selecting(row => row?.queue !== undefined).types(' ');
		expect(folded.status()).toBe('this line stands for many sessions: Enter shows them');
		const prepared = selecting(row => row?.prepared !== undefined).types(' ');
		expect(prepared.status()).toMatch(/^no signal ends prepared .*: Enter shows what does$/);
		expect([taggedIn(folded), taggedIn(prepared)]).toEqual([[], []]);
	});

	test('does not tag who was on the server before', () => {
		const landed = relinked(listed.types(down)).picture(elsewhere, other);
		expect(landed.types(' ').status()).toBe('4201 is of the server before: nothing is known of it');
		expect(taggedIn(landed.types(' '))).toEqual([]);
	});

	test('does not tag who has gone', () => {
		const gone = listed.types(down).waits(500).picture([older, newest]).types(' ');
		expect(gone.status()).toBe('4201 has ended already');
		expect(taggedIn(gone)).toEqual([]);
	});

	test('tags nothing that is not on the screen', () => {
		const many = Array.from({length: 40}, (_, index) => backend(5000 + index, {age: (40 - index) * minute}));
		const [first, ...others] = many;
		const selected = play().picture(many).types(down).waits(3000);
		const young = {...backend(5000, {age: 1}), backendStart: first?.backendStart ?? 0};
		const sunk = selected.picture([...others, young]);
		expect(sunk.types(' ').status()).toBe('5000 is in line 40 now: an arrow goes there');
		expect(taggedIn(sunk.types(' '))).toEqual([]);
		expect(taggedIn(sunk.types(up).types(' '))).toEqual([5000]);
	});

	test('is PgDn in a page', () => {
		expect(taggedIn(listed.types(down).types('?').types(' '))).toEqual([]);
	});

	test('tags in a picture that is stale, which changes nothing about who it is', () => {
		const lost = listed.types(down).does({type: 'lost', why: 'the server closed the connection'});
		expect(taggedIn(lost.types(' '))).toEqual([4201]);
	});

	test('pressed before the first picture waits for it', () => {
		const early = play().types(down).types(' ').types(' ');
		expect(taggedIn(early.picture(all))).toEqual([4201, 4202]);
	});
});

describe('T', () => {
	test('tags what matches the filter, and says how many', () => {
		const tagged = filters(listed, 'user:api').types('T');
		expect(taggedIn(tagged)).toEqual([4201, 4203, 4204]);
		expect(tagged.status()).toBe('3 tagged; filter: 3 of 4');
	});

	test('needs a filter', () => {
		expect(listed.types('T').status()).toBe('T tags what matches a filter: / sets one');
	});

	test('leaves out what is shown against the filter, or hidden by a toggle', () => {
		const selected = filters(listed.types(down).types(down), 'user:api');
		expect(selected.rows()).toContain('4202 not in filter');
		expect(taggedIn(selected.types('T'))).toEqual([4201, 4203, 4204]);
		expect(taggedIn(selected.types('i').types('T'))).toEqual([4201, 4203]);
	});

	test('tags client backends only, and never pgtop itself', () => {
		const others = [backend(ownPid), processOf(61, 'walsender', {user: 'api'})];
		const shown = filters(
			play()
				.picture([...all, ...others])
				.types('a'),
			'user:api',
		);
		expect(shown.rows()).toEqual(expect.arrayContaining([String(ownPid), '61']));
		expect(taggedIn(shown.types('T'))).toEqual([4201, 4203, 4204]);
	});

	test('adds to what is tagged', () => {
		const one = listed.types(down).types(down).types(' ');
		const more = filters(one, 'user:api').types('T');
		expect(taggedIn(more)).toEqual([4202, 4201, 4203, 4204]);
		expect(more.status()).toBe('3 more tagged, 4 in all; filter: 3 of 4');
		expect(more.types('T').status()).toBe('all 3 that match are tagged already; filter: 3 of 4');
	});

	test('does not tag sessions that come later, or that have no line yet', () => {
		const late = backend(4210, {age: minute});
		const filtered = filters(listed, 'user:api');
		const tagged = filtered.types('T').waits(3000);
		expect(taggedIn(tagged.picture([...all, late]))).toEqual([4201, 4203, 4204]);
		const held = filtered.types(down).picture([...all, late]);
		expect(held.rows()).not.toContain('4210');
		expect(taggedIn(held.types('T'))).toEqual([4201, 4203, 4204]);
	});

	test('says when nothing matches', () => {
		expect(filters(listed, 'user:nobody').types('T').status()).toMatch(
			/^nothing tagged: no client backend in the list matches the filter;/,
		);
	});
});

describe('U', () => {
	test('untags all', () => {
		const none = listed.types(down).types(' ').types(' ').types('U');
		expect(taggedIn(none)).toEqual([]);
		expect(none.status()).toBe('2 untagged');
		expect(none.types('U').status()).toBe('nothing is tagged: Space tags the selected session');
	});

	test('is the only key that does: Esc leaves the tags', () => {
		const tagged = filters(listed.types(down).types(' '), 'user:api');
		const escaped = [1, 2, 3, 4].reduce(moment => moment.types('\u001B').waits(300), tagged);
		expect(escaped.state.screen.filter).toBeUndefined();
		expect(escaped.selected()).toBeUndefined();
		expect(taggedIn(escaped)).toEqual([4201]);
	});
});
