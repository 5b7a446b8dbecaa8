import {describe, expect, test} from 'vitest';
import {lockGraphOf} from '../../../source/domain/locks/lock-graph.js';
import {queueId} from '../../../source/domain/locks/tree/queue-line.js';
import {footerLine} from '../../../source/lines/foot/footer.js';
import {textOf} from '../../../source/lines/line.js';
import {filterCount} from '../../../source/state/find/filter-count.js';
import {pictureOf} from '../../../source/state/picture.js';
import {allRights, backend, hour, noon, processOf, snapshot} from '../../helpers/state/backend.js';
import {
	behindForgotten,
	forgotten,
	forgottenLocks,
	longStorm,
	storm,
	stormLocks,
} from '../../helpers/state/lock-storm.js';
import {locksOf} from '../../helpers/state/locked.js';
import {down, end, esc, type Play, play, up} from '../../helpers/state/play.js';
import {growthOf, processorTime} from '../../helpers/state/processor-time.js';

const left = '\u001B[D';
const right = '\u001B[C';
const size = {columns: 80, rows: 30};

const blocked = play({size}).picture(storm, {locks: stormLocks});
const tree = blocked.types('t');
const long = longStorm(40);
const longTree = play({size})
	.picture(long.backends, {locks: long.locks, prepared: [forgotten]})
	.types('t');

/** The line that stands for many. */
const lineOfQueue = ({state}: Play) => state.screen.rows.find(({value}) => value.queue)?.value;

const select = (moment: Play, id: string | undefined): Play => {
	let so = moment;
	for (let count = 0; so.state.screen.selected !== id; count++) {
		if (count > 100) throw new Error(`${id} is not there`);
		so = so.types(down);
	}

	return so;
};

describe('t', () => {
	test('shows who blocks above those that wait, and then the list again', () => {
		expect(tree.rows()).toEqual([
			...['4211', '4388', '4395', '4501', '4502', '4398', '4399', '4601', '4602', '52871'],
		]);
		expect(tree.line(4501)).toContain(' └─ +2 more: ALTER');
		expect(tree.types('t').rows()).toEqual(blocked.rows());
		expect(tree.types('t').line(4501)).toContain(' ALTER');
		expect(tree.types('t').line(4501)).not.toContain('─');
	});

	test('leaves selection and window', () => {
		const selected = blocked.types(down).types(down).types('t');
		expect(selected.selected()).toBe(blocked.types(down).types(down).selected());
	});

	test('says under the list what a cancel of the selected waiter lets go on, and what it costs', () => {
		const alter = blocked.types('t').types('b').types(down).types(down).types(down);
		expect(alter.selected()).toBe(4501);
		expect(alter.status()).toBe('c on 4501, which waits, lets 1 go on, and loses nothing');
	});

	test('says why a tree looks like a list', () => {
		expect(
			play()
				.picture(storm, {locks: locksOf([])})
				.types('t')
				.status(),
		).toBe('nobody waits for a lock');
		expect(play().picture(storm).types('t').status()).toBe(
			'who waits for whom is not known: locks were not read with this picture',
		);
		expect(play().types('t').status()).toBe('who waits for whom is not known: there is no picture yet');
		const missing = [{part: 'locks', why: 'statement timeout', isForNow: true}] as const;
		expect(play().picture(storm, {missing}).types('t').status()).toBe(
			'who waits for whom is not known: left out: locks: who waits for whom',
		);
	});

	test('shows the tree of each new picture', () => {
		const after = tree.waits(2000).picture(
			storm.filter(({pid}) => pid !== 4211),
			{locks: locksOf([])},
		);
		expect(after.state.screen.branches.size).toBe(0);
		expect(after.rows()[0]).toBe('52871');
	});

	test('keeps branches while the order is held, and of who has gone', () => {
		const others = storm.filter(({pid}) => pid !== 4388);
		const held = select(tree, storm[2]?.id).picture(others, {locks: locksOf([])});
		expect(held.rows().slice(0, 3)).toEqual(['4211', '4388 gone', '4395']);
		expect(held.line(4395)).toContain(' │  └─ ');
		const renewed = held.waits(3000).picture(others, {locks: stormLocks});
		expect(renewed.rows()[1]).toBe('4388 gone');
		expect(renewed.line(4388)).toContain(' ├─ ');
	});

	test('is drawn in ASCII where the terminal draws nothing else', () => {
		const ascii = play({size, isAscii: true}).picture(storm, {locks: stormLocks}).types('t');
		expect(ascii.line(4395)).toContain(' |  `- UPDATE');
	});
});

describe('what is shown against filter and toggles', () => {
	test('in the tree: all who stand above a match', () => {
		const filtered = tree.types('/').types('user:web\r');
		expect(filtered.rows()).toEqual([
			...['4211 not in filter', '4501 not in filter', '4502', '4601 not in filter', '4602'],
		]);
		expect(filtered.status()).toBe('filter user:web: 2 of 10, Esc clears');
	});

	test('in the tree: background processes that somebody waits for', () => {
		const startup = processOf(77, 'startup');
		const locks = locksOf([{held: {AE: [77]}, waits: [[1, 'AS']]}]);
		const standby = play({size}).picture([backend(1), startup, processOf(78, 'checkpointer')], {locks});
		expect(standby.types('t').rows()).toEqual(['77 hidden', '1']);
	});

	test('in the list: who blocks most, once somebody has waited for a second', () => {
		const filtered = (locks: typeof stormLocks) =>
			play({size}).picture(storm, {locks}).types('/').types('user:etl\r').rows();
		expect(filtered(stormLocks)).toEqual(['4211 not in filter', '4501']);
		const young = stormLocks.rows.map(row => ({
			...row,
			...(row.since && {since: row.since.map(() => noon)}),
		}));
		expect(filtered({...stormLocks, rows: young})).toEqual(['4501']);
	});
});

describe('a long queue', () => {
	test('is one line, without pid, state and ages', () => {
		expect(longTree.rows().slice(0, 4)).toEqual(['4211', '4388', '0', '4501']);
		const shown = longTree.line(4388);
		expect(shown).toContain('├─ UPDATE');
		expect(lineOfQueue(longTree)?.queue?.count).toBe(41);
	});

	test.each([
		['Enter', '\r'],
		['Right', right],
	])('opens with %s, and its first waiter is selected', (_, key) => {
		const open = select(longTree, lineOfQueue(longTree)?.id).types(key);
		expect(open.selected()).toBe(4395);
		expect(open.state.screen.rows).toHaveLength(long.backends.length + 1);
		expect(lineOfQueue(open)).toBeUndefined();
		expect(open.given('inspect')).toEqual([]);
	});

	test('closes with Left, from a waiter and from who stands above them', () => {
		const open = select(longTree, lineOfQueue(longTree)?.id).types(right);
		for (const moment of [open, open.types(down).types(down), open.types(up)]) {
			const closed = moment.types(left);
			expect(closed.state.screen.selected).toBe(queueId(storm[2]?.id as never));
			expect(closed.rows()).toEqual(longTree.rows());
		}

		expect(longTree.types(down).types(left).status()).toBe(
			'Left closes a queue that is open: there is none here',
		);
		expect(longTree.types(down).types(right).status()).toBe(
			'Right opens the line of a queue: there is none here',
		);
	});

	test('opens and closes in the tree only', () => {
		expect(blocked.types(down).types(right).status()).toBe(
			'Right and Left open and close queues in the tree: t shows it',
		);
	});

	test('keeps its line while the order is held, and nobody in it counts as new', () => {
		const held = longTree.types(down).picture([...long.backends, backend(9001)], {locks: long.locks});
		expect(lineOfQueue(held)?.queue?.count).toBe(41);
		expect(held.status()).toBe('1 new session');
		const held2 = held.picture([], {locks: locksOf([])});
		expect(held2.rows()[2]).toBe('0');
		expect(lineOfQueue(held2)?.queue?.count).toBe(0);
	});

	test('tells how many wait now, while the order is held, too', () => {
		const {backends, locks} = longStorm(30);
		const held = longTree.types(down).picture(backends, {locks});
		expect(lineOfQueue(held)?.queue?.count).toBe(31);
	});

	test('is no session for any count', () => {
		const filtered = longTree.types('/').types('late\r');
		expect(filterCount(filtered.state)).toEqual({shown: 40, of: 52});
		expect(filtered.rows()).toEqual(['4211 not in filter', '4388 not in filter', '0']);
		expect(longTree.topText()).toContain(' 49 active');
	});

	test('takes its line along when it ends, and leaves nothing selected', () => {
		const selected = select(longTree, lineOfQueue(longTree)?.id);
		const ended = selected.waits(3000).picture(storm, {locks: stormLocks});
		expect(ended.state.screen.selected).toBeUndefined();
		expect(ended.rows()).not.toContain('0');
		expect(selected.types('t').state.screen.selected).toBeUndefined();
	});

	test('has a row for who is selected in it, as long as that is so', () => {
		const there = longTree.types(':').types('6007\r');
		expect(there.selected()).toBe(6007);
		expect(lineOfQueue(there)?.queue?.count).toBe(40);
		const away = there.types(up).types(up).waits(3000).picture(long.backends, {locks: long.locks});
		expect(lineOfQueue(away)?.queue?.count).toBe(41);
	});

	test.each(['c', 'k', 'y', 'Y'])('has nothing that %s could act on', key => {
		const selected = select(longTree.has(allRights), lineOfQueue(longTree)?.id).looksAtIt();
		const pressed = selected.presses(key).waits(1000);
		expect(pressed.status()).toBe('this line stands for many sessions: Enter shows them');
		expect(pressed.signals()).toEqual([]);
		expect(pressed.given('inspect')).toEqual([]);
		expect(pressed.state.screen.layers).toHaveLength(1);
	});

	test('is passed over by Tab in the details', () => {
		const details = select(longTree, storm[2]?.id).types('\r').types('\t');
		expect(details.selected()).toBe(4501);
	});

	test('of five thousand takes a picture no longer than as many sessions do', () => {
		const costOf = (count: number) => {
			const {backends, locks} = longStorm(count);
			let moment = play({size})
				.picture(backends, {locks, prepared: [forgotten]})
				.types('t');
			const cost = processorTime(() => {
				const rows = [...locks.rows];
				moment = moment.waits(2000).picture(backends, {locks: {...locks, rows}, prepared: [forgotten]});
			});
			expect(lineOfQueue(moment)?.queue?.count).toBeGreaterThanOrEqual(count);
			return cost;
		};
		// A step for each two of them would take 64 times as long.
		expect(growthOf(costOf, [625, 5000], {enough: 30, least: 5})).toBeLessThan(30);
	});
});

describe('b', () => {
	const ready = blocked.draws().waits(600);

	test('selects who blocks most, and with each press the next', () => {
		const {roots} = lockGraphOf(pictureOf(blocked.state) ?? snapshot([]));
		expect(roots).toHaveLength(4);
		const first = ready.types('b');
		expect(first.selected()).toBe(4211);
		expect(first.status()).toBe('4211 blocks 4, frees up to 1 now');
		expect(first.types('b').selected()).toBe(4398);
		expect(first.types('b').types('b').selected()).toBe(4399);
		expect(first.types('b').types('b').types('b').selected()).toBe(4601);
		expect(first.types('bbbb').selected()).toBe(4211);
	});

	test('selects the root of the chain that the selected session waits in', () => {
		expect(select(ready, storm.at(-1)?.id).types('b').selected()).toBe(4601);
		expect(select(ready, storm[7]?.id).types('b').selected()).toBe(4211);
		expect(select(ready, storm[0]?.id).types('b').selected()).toBe(4211);
	});

	test('selects from a parallel worker what its leader waits for, and the alert line says so', () => {
		const worker = processOf(99, 'parallel worker', {leaderPid: 4602, state: 'active'});
		const moment = play({size}).picture([...storm, worker], {locks: stormLocks});
		const there = select(moment, worker.id);
		expect(there.alert()).toContain('b: select 4601');
		expect(there.types('b').selected()).toBe(4601);
	});

	test('lists who is hidden', () => {
		expect(ready.types('/').types('user:etl\r').types('b').rows()).toContain('4211 not in filter');
	});

	test('says why it selects nobody', () => {
		expect(
			play()
				.picture(storm, {locks: locksOf([])})
				.types('b')
				.status(),
		).toBe('nobody waits for a lock');
		expect(play().picture(storm).types('b').status()).toBe(
			'who waits for whom is not known: locks were not read with this picture',
		);
		const one = play().picture([backend(1), backend(2)], {
			locks: locksOf([{held: {E: [1]}, waits: [[2, 'E']]}]),
		});
		expect(one.types('bb').status()).toBe('1 is the only root');
	});

	test('waits for the first picture', () => {
		const early = play().types('b').picture(storm, {locks: stormLocks});
		expect(early.selected()).toBe(4211);
	});

	const other = locksOf([{held: {E: [4601]}, waits: storm.slice(2, 6).map(({pid}) => [pid, 'E'])}]);

	test('does not select another one than the screen has named until just now', () => {
		const changed = ready.picture(storm, {locks: other});
		const told = changed.types('b');
		expect(told.selected()).toBeUndefined();
		expect(told.status()).toBe('the worst is 4601 now: b again selects it');
		expect(told.draws().waits(400).types('b').selected()).toBeUndefined();
		expect(told.draws().waits(600).types('b').selected()).toBe(4601);
		expect(changed.draws().waits(600).types('b').selected()).toBe(4601);
	});

	test('is not misled by what was named before a page was opened', () => {
		const page = ready.types('?').draws().picture(storm, {locks: other}).draws().waits(1000);
		const back = page.types(esc).waits(250).draws();
		expect(back.types('b').status()).toBe('the worst is 4601 now: b again selects it');
		expect(back.waits(600).types('b').selected()).toBe(4601);
	});

	test('makes only the time since then count for k', () => {
		const selected = blocked.has(allRights).draws().waits(5000).types('b').draws();
		expect(selected.presses('k').signals()).toEqual([]);
		expect(selected.waits(600).presses('k').signals()).toMatchObject([{target: {pid: 4211}}]);
	});
});

describe('a prepared transaction', () => {
	const facts = {locks: long.locks, prepared: [forgotten]};
	const all = play({size}).picture([...storm, behindForgotten], facts);
	const rowOf = ({state}: Play) => state.screen.rows.find(({value}) => value.prepared);
	const there = select(all, rowOf(all)?.value.id).looksAtIt();

	test('is listed where somebody waits for it, in the list and in the tree', () => {
		expect(all.rows()).toContain('0');
		expect(all.line(4701)).not.toContain('─');
		const shown = all.types('t').state.screen.rows.map(({value: {pid}}) => pid);
		expect(shown.indexOf(4701) - shown.indexOf(0)).toBe(1);
		const alone = play({size}).picture(storm, {locks: stormLocks, prepared: [forgotten]});
		expect(alone.rows()).not.toContain('0');
		expect(alone.types('a').rows()).toContain('0');
	});

	test('is the same object from picture to picture', () => {
		const again = all.waits(3000).picture([...storm, behindForgotten], facts);
		expect(rowOf(again)?.value).toBe(rowOf(all)?.value);
	});

	test('is matched by a filter, and counts for no session', () => {
		const filtered = all.types('/').types('shop-42\r');
		expect(filtered.rows()).toContain('0');
		expect(filtered.status()).toContain('filter: 1 of 12');
		expect(all.types('/').types('~/o.clock/ xact>1d\r').rows()).toContain('0');
		expect(all.topText()).toContain(' 9 active');
	});

	test.each(['c', 'k', '\r'])('shows with %j what ends it, and no text is chosen', key => {
		const page = there.presses(key);
		expect(page.signals()).toEqual([]);
		expect(page.given('inspect')).toEqual([]);
		expect(page.page()).toContain("commit COMMIT PREPARED 'shop-42 o''clock'");
		expect(page.page()).toContain("rollback ROLLBACK PREPARED 'shop-42 o''clock'");
		expect(page.page()).toContain('in doubt its transaction manager knows which');
		expect(page.page()).toContain('in database "shop"');
		const copied = page.types('y');
		expect(copied.given('copy')).toEqual([]);
		expect(copied.status()).toBe('none of the two is chosen: the arrows choose one');
		expect(page.types(esc).waits(300).rows()).toEqual(there.rows());
	});

	test('y copies the text that is chosen, and says which', () => {
		const page = there.presses('\r').types(down);
		expect(page.types('y').given('copy')).toEqual([
			{type: 'copy', text: "COMMIT PREPARED 'shop-42 o''clock'", isCut: false, of: 'COMMIT PREPARED'},
		]);
		const other = page.types(down).types('y');
		expect(other.given('copy').map(({of}) => of)).toEqual(['ROLLBACK PREPARED']);
		const to = {type: 'copied', bytes: 36, isCut: false, of: 'ROLLBACK PREPARED', to: 'tmux'} as const;
		expect(other.does(to).status()).toBe("copied 36 bytes of ROLLBACK PREPARED to tmux's buffer");
		expect(there.presses('\r').types(end).types('y').given('copy')).toHaveLength(1);
	});

	test('y in the list says where the texts are', () => {
		expect(there.presses('y').status()).toBe('it has no query: Enter shows both texts that end it');
		expect(there.presses('Y').given('inspect')).toEqual([]);
	});

	test('offers no text where its name is not the one of the server', () => {
		const cleaned = {...forgotten, isCleaned: true} as const;
		const moment = play({size}).picture([...storm, behindForgotten], {...facts, prepared: [cleaned]});
		const page = select(moment, rowOf(moment)?.value.id).types('\r');
		expect(page.page()).not.toContain('PREPARED');
		expect(page.page()).toContain('so none is');
		expect(page.types(down).types('y').given('copy')).toEqual([]);
	});

	test('that has ended is gone, and its page says so', () => {
		const ended = there.presses('\r').picture(storm, {locks: stormLocks, prepared: []});
		expect(ended.page()).toContain('gone it has ended already');
		expect(ended.types(esc).waits(300).rows()).toContain('0 gone');
		expect(ended.types(esc).waits(300).presses('k').status()).toBe(
			"prepared shop-42 o'clock has ended already",
		);
	});

	test('is selected by b like every other root', () => {
		const only = play({size})
			.picture([behindForgotten], {locks: forgottenLocks, prepared: [forgotten]})
			.types('b');
		expect(only.state.screen.selected).toBe(rowOf(all)?.value.id);
		expect(only.types('b').status()).toBe("prepared shop-42 o'clock is the only root");
	});

	test('two of the same age stand in the order of their names', () => {
		const twins = ['b', 'a', 'c'].map(gid => ({...forgotten, gid}));
		const moment = play({size})
			.picture([backend(1, {age: 100 * hour})], {prepared: twins})
			.types('a');
		expect(moment.state.screen.rows.flatMap(({value}) => value.prepared?.gid ?? [])).toEqual(['a', 'b', 'c']);
	});
});

test('another server opens no queue that was open before, and closes what ends a prepared transaction', () => {
	const open = select(longTree, lineOfQueue(longTree)?.id).types(right);
	const elsewhere = open.waits(3000).picture([backend(1)], {server: {startedAt: noon}});
	expect(elsewhere.state.screen.opened.size).toBe(0);
	const page = play({size})
		.picture([behindForgotten], {locks: forgottenLocks, prepared: [forgotten]})
		.types('b\r');
	expect(page.state.screen.layers[0].type).toBe('prepared');
	expect(page.waits(3000).picture([], {server: {startedAt: noon}}).state.screen.layers[0].type).toBe('table');
});

test('the footer tells what t and b would do now', () => {
	const foot = ({state}: Play) => textOf(footerLine(state, 120));
	expect(foot(blocked)).toContain('s sort  t tree  b root  ');
	expect(foot(tree)).toContain('s sort  t list  b root  ');
	expect(foot(play().picture(storm))).not.toContain('b root');
	expect(foot(select(longTree, lineOfQueue(longTree)?.id))).toMatch(/^Enter open {2}\/ filter/);
});
