import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Size} from '../../../source/domain/list/window.js';
import {clean} from '../../../source/domain/text/clean.js';
import {widthOf} from '../../../source/domain/text/width.js';
import {textOf} from '../../../source/lines/line.js';
import {paneLines} from '../../../source/lines/pane/pane.js';
import {screenLines} from '../../../source/lines/screen.js';
import type {State} from '../../../source/state/state.js';
import {withServer} from '../../../source/state/step.js';
import {hostileText} from '../../domain/text/hostile.js';
import {
	allRights,
	backend,
	type Circumstances,
	cutAt1kB,
	hour,
	idleBackend,
	invisible,
	minute,
	noon,
	noRights,
	processOf,
	second,
	unread,
	withText,
} from '../../helpers/state/backend.js';
import {locksOf} from '../../helpers/state/locked.js';
import {down, esc, lookingAt, type Play, play} from '../../helpers/state/play.js';

const tall = {columns: 80, rows: 40};
const wide = {columns: 120, rows: 40};
const texts = (state: State) => paneLines(state).map(textOf);
const pane = ({state}: Play) => texts(state).join('\n');
const session = backend(4388, {age: 4 * minute + 12 * second});

describe('the screen', () => {
	const sessions = fc.constantFrom(
		[],
		[session],
		[invisible(4388)],
		[unread(session)],
		[idleBackend(4388), session],
		[withText(session, cutAt1kB)],
		[processOf(4388, 'checkpointer')],
		[backend(4388, {queryStart: undefined, xactStart: undefined, stateChange: undefined})],
	);

	test('has exactly as many lines as the terminal, each as wide as that, whatever is in its pane', () => {
		const size = fc.record({columns: fc.integer({min: 40, max: 220}), rows: fc.integer({min: 10, max: 80})});
		const keys = fc.array(fc.constantFrom('v', down, '?', esc, 'k', 'a'), {maxLength: 5});
		const given = [size, sessions, hostileText, keys, fc.boolean(), fc.boolean()] as const;
		fc.assert(
			fc.property(...given, (size, listed, hostile, pressed, isAscii, hasRights) => {
				const named = listed.map(one => ({
					...one,
					application: clean(hostile),
					...(one.query && {query: {...one.query, text: clean(hostile)}}),
				}));
				const begun = play({size, isAscii})
					.has(hasRights ? allRights : noRights)
					.picture(named)
					.draws();
				const {state} = pressed.reduce((moment, key) => moment.presses(key), begun);
				const screen = screenLines(state);
				if (screen.type === 'page') return;
				expect(screen.lines).toHaveLength(size.rows);
				for (const line of screen.lines) expect(widthOf(textOf(line))).toBe(size.columns);
			}),
		);
	});

	test('gives the place of its pane to a question', () => {
		const others = [backend(4402)];
		const asked = lookingAt(session, {size: tall, others, confirm: 'always'})
			.types('k')
			.waits(50)
			.reads(session);
		const lines = (state: State) => {
			const screen = screenLines(state);
			return screen.type === 'lines' ? screen.lines.map(textOf) : [];
		};
		expect(lines(asked.state).some(line => line.startsWith('╭'))).toBe(false);
		expect(lines(asked.state).some(line => line.startsWith('k: '))).toBe(true);
		expect(lines(asked.presses('n').state).some(line => line.startsWith('╭'))).toBe(true);
	});
});

describe('the pane of the selected session says', () => {
	test('who it is and from where, and for how long, without seconds that the list shows', () => {
		const [title] = texts(lookingAt(session, {size: tall}).state);
		expect(title).toMatch(/^╭─ 4388 api@shop {2}checkout {2}10\.0\.0\.7 ─+ in tx 4m · active 4m ─╮$/);
	});

	test.each([
		['an active one', session, /waits +cpu, or a wait that has no name/],
		['one that waits for a lock', {...session, wait: {type: 'Lock', name: 'tuple'}}, /waits +Lock tuple/],
		[
			'one that is idle in its transaction',
			backend(4388, {state: 'idle in transaction', age: 20 * minute}),
			/in tx 20m · idle 20m[\s\S]*last: UPDATE[\s\S]*waits +for its client, in its transaction/,
		],
		[
			'one whose transaction has failed',
			backend(4388, {state: 'idle in transaction (aborted)', age: hour}),
			/aborted 1h/,
		],
		[
			'one that has run nothing',
			{...idleBackend(4388), query: {text: '', bytes: 0}},
			/it has run no query yet/,
		],
		['an idle one', idleBackend(4388), /no picture has caught its last query: Enter shows it/],
		['one that may not be seen', invisible(4388), /this role may not see what it does/],
		['one without its text', unread(session), /its query can't be read/],
		['a process', processOf(4388, 'checkpointer'), /4388 checkpointer/],
		['a parallel worker', {...session, kind: 'parallel worker', leaderPid: 51} as const, /worker of 51/],
		[
			'a cut text',
			withText(session, cutAt1kB),
			/╰─ 1023 bytes, cut by the server \(track_activity_query_size = 1kB\)/,
		],
		['a transaction that has written', {...session, xid: 739}, /tx +since 11:55:48, xid 739: has written/],
	])('of %s what is known', (_, one, expected) => {
		expect(pane(lookingAt(one, {size: tall}))).toMatch(expected);
	});

	test('how many transactions old its snapshot is, also where the ids have begun anew', () => {
		const old = lookingAt({...session, xmin: 2 ** 32 - 9}, {size: tall});
		const [row] = old.state.screen.rows;
		const screen = {...old.state.screen, rows: row ? [{...row, nextXid: 2 ** 33 + 10}] : []};
		expect(texts({...old.state, screen}).join('\n')).toContain('snapshot 19 xids old');
	});

	test('as much of the query as fits, and that Enter shows the rest', () => {
		const long = withText(session, {text: `select ${'abc, '.repeat(200)}`, bytes: 1007});
		const shown = pane(lookingAt(long, {size: tall}));
		expect(shown).toContain('│ select abc, abc,');
		expect(shown).toMatch(/abc,? *~ │/);
		expect(shown).toContain('╰─ 1007 bytes: Enter shows the rest ─');
	});

	test.each([tall, wide])('what was seen of it before, oldest first (%o)', size => {
		const step = (number: number, since: number) =>
			backend(4388, {query: `select ${number}`, queryStart: since, xactStart: noon, stateChange: since});
		const last = lookingAt(step(1, noon - 3 * second), {size})
			.picture([step(2, noon + 1.5 * second)])
			.picture([idleBackend(4388, {queryStart: noon + 1.5 * second, stateChange: noon + 8.5 * second})]);
		const lines = texts(last.state);
		const at = lines.findIndex(line => line.includes('3.0s-4.5s  select 1'));
		expect(at).toBeGreaterThan(0);
		expect(lines[at + 1]).toContain('7.0s  select 2');
		// Its own text comes with no picture while it is idle.
		expect(lines.join('\n')).toContain('│ last: select 2');
	});

	test('what its process uses, where that is known', () => {
		const {state} = lookingAt(session, {size: tall});
		const use = {cpu: 0.123, memory: 34_000_000, read: 0, written: 1_234_567};
		const using = withServer(state, {uses: new Map([[session.id, use]])});
		expect(texts(using).join('\n')).toMatch(
			/uses +cpu 12% {2}memory 32MB {2}read 0B\/s {2}written 1\.2MB\/s/,
		);
		expect(texts(state).join('\n')).not.toContain('uses');
	});

	test('that it has gone', () => {
		const [title] = texts(lookingAt(session, {size: tall}).picture([]).state);
		expect(title).toMatch(/gone ─╮$/);
	});

	test('all this in signs that any terminal draws, where it draws no lines', () => {
		expect(pane(lookingAt(session, {size: wide, isAscii: true}))).toMatch(/^[ -~\n]+$/);
		expect(pane(play({size: wide, isAscii: true}).picture([session]))).toMatch(/^[ -~\n]+$/);
	});

	test('the same at the same place until something has changed', () => {
		const before = lookingAt(session, {size: wide});
		const later = before.picture([session]);
		expect(pane(later)).toBe(pane(before));
	});
});

describe('without a selection the pane says', () => {
	const open = (pid: number, age: number) => backend(pid, {state: 'idle in transaction', age});
	// Not so long that it is an alert, which would stand here instead.
	const opened = [open(1, 3 * minute), open(2, minute), open(3, 4.9 * minute), open(4, 4 * minute)];

	test.each([tall, wide])(
		'who has been idle in transaction for longest, and whose query runs for longest (%o)',
		size => {
			const shown = pane(
				play({size})
					.has(allRights)
					.picture([...opened, session, idleBackend(5)]),
			);
			expect(shown).toMatch(
				/idle in transaction for longest[\s\S]* 3 api@shop +4m[\s\S]* 4 api@shop +4m[\s\S]* 1 api@shop +3m/,
			);
			expect(shown).toMatch(/queries that run for longest[\s\S]*4388 api@shop +4m UPDATE/);
			expect(shown).not.toMatch(/ 2 api@shop/);
		},
	);

	test('that there may be some where this role does not see what others do', () => {
		const shown = pane(play({size: wide}).picture([invisible(4388)]));
		expect(shown.match(/none that this role may see/g)).toHaveLength(2);
	});

	test('that there is none', () => {
		expect(pane(play({size: tall}).has(allRights).picture([]))).toMatch(
			/idle in transaction[\s\S]*none[\s\S]*queries[\s\S]*none/,
		);
	});

	test('the alerts with all their words', () => {
		const shown = pane(play({size: tall}).has(noRights).picture([session]));
		expect(shown).toMatch(/^╭─ alerts ─/);
		expect(shown).toContain('▲ ');
		expect(shown.replace(/ *│\n│ */g, ' ')).toContain('pg_read_all_stats');
	});

	test('what was found in order where there is no alert, and no more than was looked at', () => {
		const shown = pane(play({size: wide}).has(allRights).picture([session]));
		expect(shown).toContain('what was checked');
		expect(shown).toContain('in order: the picture is not old');
	});
});

describe('of locks', () => {
	const locks = locksOf([
		{type: 'transactionid', xid: 771, held: {E: [4211]}, waits: [[4388, 'S', noon - 252 * second]]},
		{relation: 16_402, held: {E: [4388]}, waits: [[4395, 'E', noon - minute]]},
	]);
	const listed = [
		backend(4211, {state: 'idle in transaction', age: 14 * minute}),
		backend(4388),
		backend(4395, {age: minute}),
		backend(4402, {age: second}),
	];
	const relations = [{id: 16_402, name: 'orders'}];
	const on = (pid: number, size: Size, facts: Circumstances = {locks, relations, at: noon}) => {
		let so = play({size}).picture(listed, facts).types(down);
		while (so.selected() !== pid) so = so.types(down);
		return so;
	};

	test.each([
		[tall, 4211, 'locks   blocks 2, frees up to 1 now  tx since '],
		[tall, 4388, 'waits   for 4211, 4m12s: ShareLock on transactionid 771'],
		[tall, 4388, 'locks   blocks 1, frees 1 now'],
		[tall, 4395, 'waits   for 4388, 1m00s: ExclusiveLock on relation orders'],
		[wide, 4211, 'locks   blocks 2, frees up to 1 now'],
		[wide, 4388, 'waits   for 4211, 4m12s: ShareLock on transactionid 771'],
	])('at %o the pane of %i says %s', (size, pid, words) => {
		expect(pane(on(pid, size))).toContain(words);
	});

	test('nothing is said of a session that neither waits nor blocks, and no place is left for it', () => {
		for (const size of [tall, wide]) {
			const without = texts(on(4402, size, {at: noon}).state);
			expect(texts(on(4402, size).state)).toEqual(without);
			expect(without.join()).not.toContain('locks');
		}
	});

	test('nor of one that has gone', () => {
		const gone = on(4388, tall).picture(listed.filter(({pid}) => pid !== 4388));
		expect(pane(gone)).toContain('gone');
		expect(pane(gone)).not.toMatch(/for 4211|blocks/);
	});
});
