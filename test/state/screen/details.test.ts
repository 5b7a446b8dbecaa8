import {describe, expect, test} from 'vitest';
import {pageOf} from '../../../source/state/screen/page.js';
import {backend, cutAt1kB, noon, processOf, unread, withText} from '../../helpers/state/backend.js';
import {down, end, esc, home, lookingAt, type Play, pageDown, play, up} from '../../helpers/state/play.js';

const session = backend(4388);
const looking = lookingAt(session);
const opened = looking.types('\r');
const text = Array.from({length: 60}, (_, line) => `line ${line}`).join('\n');
const read = opened.reads(session, {text, xid: '748', clientPort: 5000});
const layer = ({state}: Play) => state.screen.layers[0];
const page = ({state}: Play) => pageOf(state);
const field = (moment: Play, name: string) => page(moment)?.fields.find(one => one.name === name)?.value;
const inspects = (moment: Play) => moment.given('inspect');

describe('Enter', () => {
	test('opens the details, and has the session read, whole', () => {
		expect(layer(opened)).toMatchObject({type: 'details', pid: 4388, id: session.id, top: 0});
		expect(inspects(opened)).toEqual([{type: 'inspect', pid: 4388, isWhole: true}]);
		expect(page(opened)?.title).toBe('Session 4388');
	});

	test.each<[what: string, moment: Play, says: RegExp]>([
		['nothing selected', play().picture([session]), /^select a session first/],
		['a session that has ended', looking.picture([]), /^4388 has ended already$/],
	])('does nothing with %s, and says so', (_, moment, says) => {
		const pressed = moment.types('\r');
		expect(layer(pressed)).toEqual({type: 'table'});
		expect(pressed.status()).toMatch(says);
		expect(inspects(pressed)).toEqual([]);
	});

	test('reads nothing while the connection is lost', () => {
		const lost = looking.does({type: 'lost', why: 'gone'}).types('\r');
		expect(inspects(lost)).toEqual([]);
	});
});

describe('the details', () => {
	test('show what was read', () => {
		expect(field(read, 'user')).toBe('api');
		expect(field(read, 'transaction')).toContain('has written, xid 748');
		expect(field(read, 'client')).toBe('10.0.0.7 port 5000');
		expect(page(read)?.lines).toContain('line 59');
		const blank = opened.reads(session);
		expect(field(blank, 'transaction')).not.toContain('written');
	});

	test('say that a session is not tracked, and claim nothing of what it does', () => {
		const off = backend(4388, {state: 'disabled', query: ''});
		const shown = lookingAt(off).types('\r').reads(off);
		expect(field(shown, 'state')).toBe('disabled: track_activities is off for it');
		expect(field(shown, 'query')).toBe('not tracked');
	});

	test('tell how old a snapshot is where that counts, and never that it blocks', () => {
		const old = opened.reads(session, {xminAge: 52});
		expect(old.page()).toContain("snapshot 52 transactions old: in its database VACUUM can't remove");
		expect(old.page()).not.toMatch(/block|hold/);
		expect(field(opened.reads(session, {xminAge: 52, isVacuuming: true}), 'snapshot')).toBeUndefined();
		expect(field(read, 'snapshot')).toBeUndefined();
		const onStandby = looking.picture([session], {server: {recovery: 'STANDBY'}}).types('\r');
		expect(field(onStandby.reads(session, {xminAge: 52}), 'snapshot')).toBe('52 transactions old');
	});

	test('are read again with every picture, and only then', () => {
		const one = read.waits(1000).picture([session]);
		expect(inspects(one)).toHaveLength(2);
		expect(inspects(one.waits(1900))).toHaveLength(2);
		expect(inspects(one.waits(100).picture([session]))).toHaveLength(3);
		expect(inspects(one).every(({isWhole}) => isWhole)).toBe(true);
	});

	test.each([
		['runs', backend(4388), /^since 4m1\ds, \d+ bytes$/],
		['has ended', backend(4388, {state: 'idle in transaction'}), /^ended, \d+ bytes$/],
		[
			'is the one before a fastpath call, which has none',
			backend(4388, {state: 'fastpath function call', stateChange: noon}),
			/^the one before a fastpath call, \d+ bytes$/,
		],
		['can not be read', unread(backend(4388)), /^can't be read$/],
	])('tell of a query that it %s', (_, one, says) => {
		expect(field(lookingAt(one).types('\r').reads(one), 'query')).toMatch(says);
	});

	test.each([
		[{isSure: true, size: '16kB'}, 16_383, 'cut by the server (track_activity_query_size = 16kB)'],
		[{isSure: false, size: '1024'}, 1021, 'may be cut by the server (track_activity_query_size = 1024)'],
	])('tell that the server has cut the text, or may have: %j', (cut, bytes, words) => {
		const one = withText(session, {bytes, cut, ...(bytes > 1024 && {isPart: true})});
		const page = lookingAt(one).types('\r').reads(one, {text: 'SELECT 1,\n2'}).page();
		expect(page.replace(/\n +/g, ' ')).toContain(`, ${bytes} bytes, ${words}`);
		expect(page).toMatch(/\n2~$/);
		const whole = withText(session, {bytes: 4000, isPart: true});
		expect(lookingAt(whole).types('\r').reads(whole, {text: 'SELECT 1'}).page()).toMatch(
			/ bytes\n(.|\n)*SELECT 1$/,
		);
	});

	test.each([40, 80])('show all of every field in %d columns', columns => {
		const one = withText(backend(4388, {user: 'u'.repeat(63), application: 'a'.repeat(63)}), cutAt1kB);
		const {fields = []} =
			page(
				lookingAt(one, {size: {columns, rows: 24}})
					.types('\r')
					.reads(one),
			) ?? {};
		const width = Math.max(...fields.map(({name}) => name.length)) + 4;
		for (const {value} of fields) expect(value.length).toBeLessThanOrEqual(columns - width);
		const shown = fields.map(({value}) => value).join('');
		expect(shown).toContain('u'.repeat(63));
		expect(shown.replaceAll(' ', '')).toContain('cutbytheserver(track_activity_query_size=1kB)');
	});

	test('are not read any more when they are closed', () => {
		expect(inspects(read.types(esc).waits(300).picture([session]))).toHaveLength(1);
	});

	test('keep their place when they are read again', () => {
		const scrolled = read.types(pageDown);
		const again = scrolled.picture([session]).reads(session, {text});
		expect(layer(again)).toMatchObject({top: (layer(scrolled) as {top: number}).top});
	});

	test('scroll like a pager, to the last line and no further', () => {
		const top = (moment: Play) => (layer(moment) as {top: number}).top;
		const all = (page(read)?.fields.length ?? 0) + (page(read)?.lines.length ?? 0);
		expect(top(read.types(down))).toBe(1);
		expect(top(read.types(down).types(up).types(up))).toBe(0);
		expect(top(read.types(pageDown))).toBe(21);
		expect(top(read.types(end))).toBe(all - 21);
		expect(top(read.types(end).types(down))).toBe(all - 21);
		expect(top(read.types(end).types(home))).toBe(0);
		expect(read.types(down).selected()).toBe(4388);
	});

	test('of a session that is gone stay as they were read last, and are read no more', () => {
		const gone = read.picture([]).reads();
		expect(page(gone)?.title).toBe('Session 4388  gone: as it was read last');
		expect(field(gone, 'user')).toBe('api');
		expect(inspects(gone.waits(2000).picture([]))).toHaveLength(2);
		const key = gone.waits(500).types('k');
		expect(key.status()).toBe('4388 has ended already');
		expect(key.waits(60).signals()).toEqual([]);
	});

	test('of a pid that another session has now are gone', () => {
		const other = read.picture([session]).reads(backend(4388, {backendStart: noon}));
		expect(page(other)?.title).toContain('gone');
		expect(field(other, 'connected')).toBe(field(read, 'connected'));
	});

	test('that can not be read say so, and stay', () => {
		const failed = read.picture([session]).does({type: 'inspect-failed', pid: session.pid, why: 'timeout'});
		expect(failed.status()).toBe('the details could not be read: timeout');
		expect(field(failed, 'user')).toBe('api');
	});

	test('Esc goes back to the list, and leaves the selection', () => {
		const back = read.types(esc).waits(300);
		expect(layer(back)).toEqual({type: 'table'});
		expect(back.selected()).toBe(4388);
	});

	test('c and k do nothing in the list behind them before it was looked at anew', () => {
		const back = read.draws().waits(500).types(esc).waits(250);
		const later = back.waits(600);
		expect(later.types('k').waits(60).signals()).toEqual([]);
		expect(later.draws().waits(499).types('k').waits(60).signals()).toEqual([]);
		expect(later.draws().waits(500).types('k').waits(60).signals()).toHaveLength(1);
	});
});

describe.each(['c', 'k'] as const)('%s in the details', key => {
	const pressed = read.waits(500).types(key).waits(50);

	test('asks first, and says why', () => {
		expect(pressed.signals()).toEqual([]);
		expect(inspects(pressed).at(-1)).toEqual({type: 'inspect', pid: 4388, isWhole: false});
		const open = pressed.reads(session);
		expect(open.question()).toContain('the details are open');
		expect(open.question().split('\n')[0]).toMatch(
			key === 'c' ? /^c: cancel the query/ : /^k: end the session/,
		);
	});

	test('asks with --confirm never, too', () => {
		const never = lookingAt(session, {confirm: 'never'}).types('\r').reads(session).waits(500);
		expect(never.types(key).waits(60).signals()).toEqual([]);
	});

	test('y sends, and the details are there again', () => {
		const sent = pressed.reads(session).draws().waits(500).types('y').waits(50);
		expect(sent.signals()).toMatchObject([{target: {pid: 4388}}]);
		const answered = sent.sends();
		expect(layer(answered)).toMatchObject({type: 'details'});
		expect(answered.status()).toBe('4388 was signalled, not seen to end yet');
	});

	test('any other key sends nothing, and the details are there again', () => {
		const no = pressed.reads(session).draws().waits(300).types(down).waits(50);
		expect(no.signals()).toEqual([]);
		expect(layer(no)).toMatchObject({type: 'details', top: 0});
	});

	test('before anything was read does nothing, and says so', () => {
		const early = opened.waits(500).types(key).waits(60);
		expect(early.status()).toBe('nothing is read yet');
		expect(early.signals()).toEqual([]);
		expect(layer(early).type).toBe('details');
	});

	test('that is not alone is ignored', () => {
		expect(layer(read.waits(500).types(`${down}${key}`).waits(60)).type).toBe('details');
		expect(layer(read.waits(500).types(key).waits(20).types(down).waits(60)).type).toBe('details');
	});

	test('of what can not be signalled is refused', () => {
		const checkpointer = processOf(51, 'checkpointer');
		const refused = lookingAt(checkpointer).types('\r').reads(checkpointer).waits(500).types(key);
		expect(refused.status()).toMatch(/SQL can't signal it$/);
	});
});

test('facts read for a question that was closed do not take the text from the details', () => {
	const closed = read.waits(500).types('k').waits(50).types('n').waits(60);
	expect(page(closed.reads(session))?.lines).toContain('line 59');
});
