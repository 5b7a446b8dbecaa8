import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../../../source/domain/session/backend.js';
import type {Answer} from '../../../../../source/domain/signal/look.js';
import {widthOf} from '../../../../../source/domain/text/width.js';
import {textOf} from '../../../../../source/lines/line.js';
import {bottomLines} from '../../../../../source/lines/screen.js';
import {withScreen} from '../../../../../source/state/step.js';
import {
	backend,
	hour,
	invisible,
	minute,
	noon,
	noRights,
	processOf,
	second,
	seenOf,
} from '../../../../helpers/state/backend.js';
import {down, end, type Play, pageDown, play, up} from '../../../../helpers/state/play.js';
import {commit, isOpen, words} from '../../../questions.js';

const inTransaction = {state: 'idle in transaction'};
const oldest = backend(4211, {...inTransaction, age: 14 * minute});
const running = backend(4388, {user: 'web'});
const idle = backend(4403, {state: 'idle', user: 'web'});
const bystander = backend(4500);

type Start = Parameters<typeof play>[0];

/** These are tagged, in a list with another session. */
const tagging = (sessions: readonly Backend[], start: Start = {}): Play =>
	play(start)
		.picture([...sessions, bystander])
		.draws()
		.waits(1000)
		.steps(state => [
			withScreen(state, {
				tags: new Map(sessions.map(one => [one.id, {backend: one, at: noon}])),
			}),
			[],
		]);

/** The question about these is on the screen, and was read. */
const asking = (key: 'c' | 'k', sessions: readonly Backend[], start: Start = {}): Play =>
	tagging(sessions, start).presses(key).readsAll(sessions).draws().waits(500);

const again = (moment: Play, ...read: Parameters<Play['readsAll']>) =>
	moment
		.until('facts')
		.readsAll(...read)
		.draws();
const y = (moment: Play) => moment.types('y').waits(50);
const pids = (moment: Play) => moment.signals().map(({target}) => target.pid);

const next = (session: Backend) =>
	backend(session.pid, {...inTransaction, xactStart: noon + second, queryStart: noon + second});

describe('k on what is tagged', () => {
	const all = [oldest, running, idle];

	test('asks, however few they are, with --confirm never too, and with nothing selected', () => {
		for (const sessions of [[idle], all]) {
			const pressed = tagging(sessions, {confirm: 'never'}).presses('k');
			expect(pressed.signals()).toEqual([]);
			expect(pressed.given('facts')).toEqual([{type: 'facts', pids: sessions.map(({pid}) => pid)}]);
			expect(pressed.status()).toBe(`reading ${sessions.length} tagged ...`);
			expect(isOpen(pressed.readsAll(sessions))).toBe(true);
		}
	});

	test('says what will be hit: counts by state and user, the oldest transaction, and each of them', () => {
		expect(
			asking('k', all)
				.question()
				.split('\n')
				.map(line => line.trimEnd()),
		).toEqual([
			'k: end the session of 3 tagged?',
			'  1 idle-tx, 1 active, 1 idle  2 web, 1 api  oldest transaction 14m01s of 4211',
			expect.stringMatching(/^ {3}4211 api@shop {2}idle-tx 14m01s {2}idle 14m: UPDATE orders SET status = /),
			expect.stringMatching(/^ {3}4388 web@shop {2}active {3}4m13s {2}UPDATE orders SET status = /),
			expect.stringMatching(/^ {3}4403 web@shop {2}idle {9}- {2}idle /),
			'y: yes, end 3      any other key: no',
		]);
	});

	test('is answered by y with an order for each, in one command, which demands the session alone', () => {
		const sent = y(asking('k', all));
		expect(sent.given('signal')).toHaveLength(1);
		expect(sent.signals().map(({target: {pid}, work, asked}) => [pid, work, asked])).toEqual(
			all.map(({pid}) => [pid, 'session', []]),
		);
		expect(isOpen(sent)).toBe(false);
	});

	test('is no for any other key but the arrows, and nothing is sent', () => {
		for (const key of ['n', 'k', 'q', '\r', '\u0003']) {
			const closed = asking('k', all).types(key).waits(50);
			expect(isOpen(closed)).toBe(false);
			expect(closed.signals()).toEqual([]);
			expect(closed.status()).toBe('k: no, nothing was sent to 3 tagged');
		}

		expect(isOpen(asking('k', all).types(down).types(up).waits(50))).toBe(true);
	});

	test('counts those that have gone, and does not signal them', () => {
		const gone = again(asking('k', all), [oldest, idle]);
		expect(words(gone)).toMatch(/^k: end the session of 3 tagged\? 2 of them will be signalled: 1 gone/);
		expect(gone.question()).toMatch(/^ {3}4388 web@shop {2}gone *$/m);
		expect(gone.question()).toMatch(/^y: yes, end 2 /m);
		expect(pids(y(gone))).toEqual([4211, 4403]);
		expect(again(gone, [oldest, idle]).given('facts').at(-1)).toEqual({type: 'facts', pids: [4211, 4403]});
	});

	test('that had all gone when it was pressed asks nothing', () => {
		const pressed = tagging(all).presses('k').readsAll([]);
		expect(isOpen(pressed)).toBe(false);
		expect(pressed.status()).toBe('nothing was sent: 3 gone');
	});

	test('closes when the last of them has gone', () => {
		const closed = again(asking('k', all), []);
		expect(isOpen(closed)).toBe(false);
		expect(closed.status()).toBe('nothing was sent: 3 gone');
		expect(closed.types('y').status()).toBe('y ignored: the question has closed');
	});

	test('is not kept from its answer by sessions that go on, or end', () => {
		const moved = again(asking('k', all), [next(oldest), running]);
		expect(words(moved)).toContain('1 as they were when tagged, 1 on another transaction since');
		expect(moved.question()).toMatch(/^ {3}4211 .*on its next transaction/m);
		expect(y(moved).signals()).toMatchObject([
			{target: {pid: 4211}, work: 'session'},
			{target: {pid: 4388}, work: 'session'},
		]);
	});

	test('lists first those that are at something else since they were tagged', () => {
		const moved = again(asking('k', all), [oldest, next(running), idle]);
		expect([...moved.question().matchAll(/^ {3}(\d+) /gm)].map(([, pid]) => Number(pid))).toEqual([
			4388, 4211, 4403,
		]);
	});

	test('compares with what was tagged, not with what the question read first', () => {
		const asked = tagging([oldest, running])
			.presses('k')
			.readsAll([next(oldest), running])
			.draws();
		expect(words(asked)).toContain('1 as they were when tagged, 1 on another transaction since');
	});

	test('says at something else where it is no other transaction', () => {
		const ended = backend(4211, {state: 'idle', stateChange: noon});
		expect(words(again(asking('k', all), [ended, running, idle]))).toContain(
			'2 as they were when tagged, 1 at something else since',
		);
	});
});

describe('a reason to ask', () => {
	const committing = backend(4388, commit);

	test('is counted, and then holds nothing back', () => {
		const asked = asking('k', [oldest, committing]);
		expect(words(asked)).toContain('1 in SyncRep, done here: k ends the wait, and a failover may lose it');
		expect(
			y(asked)
				.signals()
				.map(({asked: reasons}) => reasons),
		).toEqual([[], ['standby']]);
	});

	test('of a kind that was not on the question has to be read first', () => {
		const come = again(asking('k', [oldest, running]), [oldest, committing]);
		expect(y(come).signals()).toEqual([]);
		expect(
			y(come.waits(500))
				.signals()
				.map(({asked}) => asked),
		).toEqual([[], ['standby']]);
	});

	test('takes the y away that waited when it came', () => {
		const caught = asking('k', [oldest, running]).until('facts').types('y').readsAll([oldest, committing]);
		expect(caught.waits(50).signals()).toEqual([]);
		expect(caught.status()).toBe('y ignored: the question has just changed, press it again');
	});

	test('that one more of them has by now does not count before it was read', () => {
		const both = [committing, backend(4390, commit)];
		const come = again(asking('k', [committing, backend(4390)]), both);
		expect(words(come)).toContain('2 in SyncRep');
		expect(
			y(come)
				.signals()
				.map(({asked}) => asked),
		).toEqual([['standby'], []]);
		expect(
			y(come.waits(500))
				.signals()
				.map(({asked}) => asked),
		).toEqual([['standby'], ['standby']]);
	});

	test.each<[what: string, session: Backend, said: RegExp]>([
		[
			'CONCURRENTLY',
			backend(1, {query: 'CREATE INDEX CONCURRENTLY ON t (a)'}),
			/1 CONCURRENTLY or PREPARED: /,
		],
		['a process', processOf(1, 'autovacuum worker', {state: 'active'}), /1 no client session/],
		['a session that can not be seen', invisible(1), /1 not verifiable without pg_read_all_stats/],
		['a state that is not tracked', backend(1, {state: 'disabled'}), /1 not tracked/],
	])('stands on it for %s, however small the screen is', (_, session, said) => {
		for (const size of [
			{columns: 40, rows: 10},
			{columns: 80, rows: 24},
		])
			expect(words(asking('k', [oldest, session], {size}))).toMatch(
				size.columns === 80 ? said : new RegExp(said.source.slice(0, 20)),
			);
	});
});

describe('c on what is tagged', () => {
	test('cancels those that run a query, and counts the others', () => {
		const asked = asking('c', [oldest, running, idle]);
		expect(words(asked)).toMatch(
			/^c: cancel the query of 3 tagged\? 1 of them will be signalled: 2 without a query/,
		);
		expect(y(asked).signals()).toMatchObject([{signal: 'cancel', target: {pid: 4388}, work: 'query'}]);
	});

	test('asks nothing where none of them runs a query', () => {
		const closed = tagging([oldest, idle]).presses('c').readsAll([oldest, idle]);
		expect(isOpen(closed)).toBe(false);
		expect(closed.status()).toBe('nothing was sent: 2 without a query');
	});

	test('leaves out a query that is over, also where the session runs the next one', () => {
		const another = backend(4390);
		const over = again(asking('c', [running, another]), [next(running), another]);
		expect(words(over)).toContain('1 of them will be signalled: 1 that query is over');
		const later = again(over, [backend(4388, {queryStart: noon + minute}), another]);
		expect(pids(y(later))).toEqual([4390]);
		expect(later.signals().every(({work}) => work === 'query')).toBe(true);
	});
});

describe('the list of a question about many', () => {
	const many = Array.from({length: 40}, (_, index) =>
		backend(5000 + index, {...inTransaction, age: hour - index * second, query: `SELECT ${index}`}),
	);
	const place = (moment: Play) => /Up Down: (\S+ of \d+)/.exec(moment.question())?.[1];

	test('scrolls by the arrows and a page, and says where it is', () => {
		const asked = asking('k', many);
		expect(place(asked)).toBe('1-13 of 40');
		expect(place(asked.types(down))).toBe('2-14 of 40');
		expect(place(asked.types(pageDown))).toBe('10-22 of 40');
		expect(place(asked.types(end))).toBe('32-40 of 40');
		expect(place(asked.types(up))).toBe('1-13 of 40');
		expect(asked.types(pageDown).question()).toContain(' 5009 ');
		expect(pids(y(asked.types(pageDown).waits(60)))).toHaveLength(40);
	});

	test.each([
		[40, 10],
		[80, 24],
		[200, 50],
	])('has lines as wide as the screen, and leaves it room, at %i columns and %i rows', (columns, rows) => {
		const lines = bottomLines(asking('k', many, {size: {columns, rows}}).state).map(textOf);
		for (const line of lines) expect(widthOf(line)).toBe(columns);
		expect(lines.length).toBeLessThan(rows);
		expect(lines.at(-2)).toMatch(/^y: (?:yes, )?end 40 .* of 40/);
	});
});

describe('signals to what was tagged', () => {
	const all = [oldest, running];
	const sent = y(asking('k', all));

	test('that can not be written down are asked about again, as tagged ones', () => {
		const unwritten = sent.does({type: 'unrecorded', numbers: [1, 2], why: 'full'});
		const asked = unwritten.readsAll(all).draws().waits(1500);
		expect(words(asked)).toMatch(/^k: end the session of 2 tagged\? the audit file can't be written/);
		expect(y(asked).given('signal').at(-1)).toMatchObject({isUnrecorded: true, orders: {length: 2}});
	});

	test('that the server holds back open no question: the outcome says it', () => {
		const held: Answer = {type: 'answered', at: noon, held: ['standby'], seen: seenOf(oldest)};
		const answered = [1, 2].reduce(
			(moment, number) => moment.does({type: 'answered', number, answer: held}),
			sent,
		);
		expect(isOpen(answered)).toBe(false);
		expect(answered.state.server.signals.map(({phase}) => phase.type)).toEqual(['over', 'over']);
	});

	test('leave the tags: what is still there can be ended by the same key', () => {
		expect([...sent.state.screen.tags.keys()]).toEqual(all.map(({id}) => id));
	});

	test('are held down for all of them', () => {
		const held = tagging(all).presses('k').readsAll(all).draws().types('k');
		expect(held.status()).toBe('k: no, nothing was sent to 2 tagged');
		expect(held.waits(100).types('k').status()).toBe('k: let it go first');
	});
});

test('in the details c and k are for the session that is read there, whatever is tagged', () => {
	const details = tagging([oldest]).types(down);
	const selected = details.selected();
	const other = selected === oldest.pid ? details.types(down) : details;
	const open = other
		.types('\r')
		.reads(bystander, {text: 'x'})
		.draws()
		.waits(600)
		.presses('k')
		.reads(bystander);
	expect(open.question()).toMatch(/^k: end the session of 4500\?/);
});

describe('c and k when the last tag has fallen away by itself', () => {
	const others = [running, bystander];
	/** The one that was tagged is gone, and another one is selected. */
	const gone = tagging([oldest, running])
		.types(down)
		.types(down)
		.steps(state => [withScreen(state, {tags: new Map([[oldest.id, {backend: oldest, at: noon}]])}), []])
		.waits(1000)
		.picture(others)
		.draws();

	test('do not hit the selected session in its place: the second one does', () => {
		const pressed = gone.waits(600).presses('k');
		expect(pressed.signals()).toEqual([]);
		expect(pressed.given('facts')).toEqual([]);
		expect(pressed.status()).toMatch(/^k ignored: what was tagged is not any more, press it again/);
		expect(pids(pressed.waits(100).presses('k'))).toEqual([gone.selected()]);
	});

	test('do not as long as the status line says it', () => {
		expect(gone.waits(60_000).draws().waits(600).presses('k').signals()).toEqual([]);
	});

	test('do not after a movement that came with it', () => {
		const moved = gone.waits(600).types(down).draws().waits(600);
		expect(moved.presses('k').signals()).toEqual([]);
	});

	test('do again after a movement', () => {
		const moved = gone.waits(700).types(down).draws().waits(600);
		expect(pids(moved.presses('k'))).toEqual([moved.selected()]);
	});
});

describe('of those that were tagged', () => {
	test('one that this role may not signal gets none, and that is counted, with what it needs', () => {
		const both = [oldest, backend(4388, {userId: 11, user: 'boss'})];
		const rights = {...noRights, seesAll: true, signalsAll: true, owners: {11: 'superuser' as const}};
		const asked = tagging(both).has(rights).presses('k').readsAll(both).draws().waits(500);
		expect(words(asked)).toMatch(
			/^k: end the session of 2 tagged\? 1 of them will be signalled: 1 not permitted not permitted: superuser only: nobody here can/,
		);
		expect(asked.question()).toMatch(/^ {3}4388 boss@shop {2}not permitted/m);
		expect(pids(y(asked))).toEqual([4211]);
	});

	test('where none may be signalled nothing is asked, and it is said what is needed', () => {
		const pressed = tagging([oldest]).has(noRights).presses('k').readsAll([oldest]);
		expect(isOpen(pressed)).toBe(false);
		expect(pressed.status()).toMatch(/^nothing was sent: 1 not permitted, needs GRANT pg_signal_backend/);
	});

	test('one that is not in the filter is counted, and does not have to be read anew', () => {
		const asked = tagging([oldest, running])
			.types('/')
			.types('user:web')
			.types('\r')
			.waits(1100)
			.presses('k')
			.readsAll([oldest, running])
			.draws();
		expect(words(asked)).toContain('1 not in the filter, listed all the same');
		expect(asked.question()).toMatch(/^ {3}4211 api@shop .* not in the filter/m);
		const other = again(asked.waits(500), [oldest, {...running, user: 'etl'}]);
		expect(words(other)).toContain('2 not in the filter');
		expect(pids(y(other))).toEqual([4211, 4388]);
	});

	test('those that have been at it for longest stand first in the list', () => {
		const asked = asking('k', [idle, running, oldest]);
		expect([...asked.question().matchAll(/^ {3}(\d+) /gm)].map(([, pid]) => Number(pid))).toEqual([
			4211, 4388, 4403,
		]);
	});

	test('roles with signs in their names can not be taken for counts', () => {
		const forged = backend(4388, {user: 'web, 5 gone'});
		expect(words(asking('k', [oldest, forged]))).toContain('1 api, 1 "web, 5 gone" oldest');
	});

	test('one has a line on the smallest screen, whatever has to be read first', () => {
		const all = [
			oldest,
			invisible(1),
			backend(4401, commit),
			backend(2, {state: 'disabled'}),
			backend(3, {query: 'CREATE INDEX CONCURRENTLY ON t (a)'}),
		];
		const asked = asking('k', all, {size: {columns: 40, rows: 10}});
		expect(asked.question()).toMatch(/^ {3} *\d+ \S+@shop /m);
		expect(asked.question()).toMatch(/^y: end 5 {2}else: no {2}Up Down: 1-1 of 5/m);
	});

	test('each shows its application on a wide screen', () => {
		expect(asking('k', [oldest], {size: {columns: 120, rows: 40}}).question()).toMatch(
			/ 4211 api@shop checkout +idle-tx /,
		);
	});
});

test('a cancel that has ended its query takes the tag away, and one that has not leaves it', () => {
	const savepoint = backend(4390);
	const all = [running, savepoint];
	const sent = y(asking('c', all));
	const answered = [1, 2].reduce(
		(moment, number) =>
			moment.does({
				type: 'answered',
				number,
				answer: {type: 'answered', at: noon, sent: true, held: [], seen: {pid: 1}},
			}),
		sent,
	);
	const seen = answered
		.until('look')
		.sees(backend(4388, {user: 'web', state: 'idle', stateChange: noon + second}), {
			...savepoint,
			state: 'idle in transaction',
			stateChange: noon + second,
		});
	expect(seen.status()).toMatch(/^2 signals: 1 cancelled, 1 still in transaction: k ends it/);
	expect([...seen.state.screen.tags.keys()]).toEqual([savepoint.id]);
});

describe('when many have ended', () => {
	const many = Array.from({length: 30}, (_, index) => backend(5000 + index, {...inTransaction, age: hour}));
	const sent = y(asking('k', many));
	const all = many.reduce(
		(moment, {pid}, index) =>
			moment.does({
				type: 'answered',
				number: index + 1,
				answer: {type: 'answered', at: noon, sent: true, held: [], seen: {pid}},
			}),
		sent,
	);

	test('the list has room for those that live with its next order', () => {
		const seen = all.until('look').sees();
		expect(seen.status()).toMatch(/^30 signals: 30 ended/);
		expect(seen.waits(2100).picture([bystander]).rows()).toEqual(['4500']);
	});
});
