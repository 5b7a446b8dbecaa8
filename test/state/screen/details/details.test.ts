import {describe, expect, test} from 'vitest';
import {pageOf} from '../../../../source/state/screen/page.js';
import {backend, cutAt1kB, noon, processOf, unread, withText} from '../../../helpers/state/backend.js';
import {down, end, esc, home, lookingAt, type Play, pageDown, play, up} from '../../../helpers/state/play.js';

const session = backend(4388);
const looking = lookingAt(session);
const opened = looking.types('\r');
const text = Array.from({length: 60}, (_, line) => `line ${line}`).join('\n');
const read = opened.reads(session, {text, xid: '748', clientPort: 5000});
const layer = ({state}: Play) => state.screen.layers[0];
const page = ({state}: Play) => pageOf(state);
const fieldsOf = (moment: Play) => [...(page(moment)?.fields ?? []), ...(page(moment)?.beside ?? [])];
const field = (moment: Play, name: string) => fieldsOf(moment).find(one => one.name === name)?.value;
const inspects = (moment: Play) => moment.given('inspect');

describe('Enter', () => {
	test('opens the details, and has the session read, whole', () => {
		expect(layer(opened)).toMatchObject({type: 'details', pid: 4388, id: session.id, top: 0});
		expect(inspects(opened)).toEqual([{type: 'inspect', pid: 4388}]);
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
		expect(field(read, 'open')).toContain('has written, xid 748');
		expect(field(read, 'address')).toBe('10.0.0.7 port 5000');
		expect(page(read)?.lines).toContain('line 59');
		const blank = opened.reads(session);
		expect(field(blank, 'open')).not.toContain('written');
	});

	test('say that a session is not tracked, and claim nothing of what it does', () => {
		const off = backend(4388, {state: 'disabled', query: ''});
		const shown = lookingAt(off).types('\r').reads(off);
		expect(field(shown, 'state')).toBe('disabled: track_activities is off for it');
		expect(field(shown, 'query')).toBe('not tracked');
	});

	test('tell how old a snapshot is where that counts, and that VACUUM waits for it only of the oldest', () => {
		const old = opened.reads(session, {xminAge: 52});
		expect(field(old, 'snapshot')).toBe('its snapshot is 52 transactions old');
		expect(old.page()).not.toMatch(/block|hold|vacuum/i);
		const oldest = opened.reads(session, {xminAge: 52, isOldest: true});
		expect(oldest.page().replaceAll(/\n +/g, ' ')).toContain(
			"its snapshot is 52 transactions old: vacuum can't clean up behind it",
		);
		const written = opened.reads(session, {xid: '748', isOldest: true});
		expect(written.page().replaceAll(/\n +/g, ' ')).toContain(
			"none, but it has written: vacuum can't clean up behind it",
		);
		expect(field(opened.reads(session, {isOldest: true}), 'snapshot')).toBeUndefined();
		expect(field(opened.reads(session, {xminAge: 52, isVacuuming: true}), 'snapshot')).toBeUndefined();
		expect(field(read, 'snapshot')).toBeUndefined();
		const onStandby = looking.picture([session], {server: {recovery: 'STANDBY'}}).types('\r');
		expect(field(onStandby.reads(session, {xminAge: 52}), 'snapshot')).toBe(
			'its snapshot is 52 transactions old',
		);
	});

	test('are read again with every picture, and only then', () => {
		const one = read.waits(1000).picture([session]);
		expect(inspects(one)).toHaveLength(2);
		expect(inspects(one.waits(1900))).toHaveLength(2);
		expect(inspects(one.waits(100).picture([session]))).toHaveLength(3);
	});

	test.each([
		['runs', backend(4388), /^running for 4m1\ds, \d+ bytes$/],
		[
			'has ended, when, and how long it ran',
			backend(4388, {state: 'idle in transaction', stateChange: noon - 250 * 1e6}),
			/^ended 4m1\ds ago, it ran 2.0s, \d+ bytes$/,
		],
		[
			'has ended, where the clock was set back while it ran',
			backend(4388, {state: 'idle in transaction', stateChange: noon - 300 * 1e6}),
			/^ended 5m0\ds ago, \d+ bytes$/,
		],
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
		const size = {columns, rows: 24};
		const fields = fieldsOf(lookingAt(one, {size}).types('\r').reads(one));
		const groups = columns < 50 ? 0 : Math.max(...fields.map(({group = ''}) => group.length)) + 2;
		const width = Math.max(...fields.map(({name}) => name.length)) + groups + 4;
		for (const {value} of fields) expect(value.length).toBeLessThanOrEqual(columns - width);
		const shown = fields.map(({value}) => value).join('');
		expect(shown).toContain('u'.repeat(63));
		expect(shown.replaceAll(' ', '')).toContain('cutbytheserver(track_activity_query_size=1kB)');
	});

	test.each([
		[{tls: {version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384'}}, 'TLSv1.3 TLS_AES_256_GCM_SHA384'],
		[{tls: {version: 'TLSv1.3'}}, 'TLSv1.3'],
		[{gss: {isEncrypted: true, principal: 'app@EXAMPLE.ORG'}}, 'by GSSAPI'],
		[{gss: {isEncrypted: false}}, 'no'],
		[{}, 'no'],
	])('tell what encrypts a session that comes over the network: %j', (facts, words) => {
		expect(field(opened.reads(session, {clientPort: 5000, ...facts}), 'encrypted')).toBe(words);
	});

	test('claim nothing of how a session comes that this role may not see, or that comes over a socket', () => {
		expect(field(opened.reads(session), 'encrypted')).toBeUndefined();
	});

	test.each([
		[{type: 'Lock', name: 'tuple'}, undefined, /^Lock:tuple: stands in the queue for a row/],
		[{type: 'LWLock', name: 'WALWriteLock'}, undefined, /^LWLock:WALWriteLock: another session is writing/],
		[{type: 'IPC', name: 'Other'}, undefined, /^IPC:Other: waits for another process of the server$/],
		[{type: 'Nap', name: 'Deep'}, undefined, /^Nap:Deep$/],
		[{type: 'Nap', name: 'constructor'}, 'As the server says.', /^Nap:constructor: As the server says\.$/],
	])('tell what the session waits for, and what that means: %j', (wait, waitMeaning, words) => {
		const waiting = backend(4388, {wait});
		const shown = lookingAt(waiting)
			.types('\r')
			.reads(waiting, {...(waitMeaning !== undefined && {waitMeaning})});
		expect(field(shown, 'wait')).toMatch(words);
	});

	test('tell what was seen of it before, newest first, and how long each ran', () => {
		const seen = [
			{text: 'SELECT 1', queryStart: noon - 60e6, lastRun: noon - 57e6},
			{text: 'SELECT 2', queryStart: noon - 50e6, lastRun: noon - 45e6, endedAt: noon - 44e6},
		];
		const remembered = opened.steps(state => [
			{...state, server: {...state.server, seen: {recent: new Map([[session.id, seen]]), older: new Map()}}},
			[],
		]);
		const shown = fieldsOf(remembered.reads(session, {at: noon}));
		const from = shown.findIndex(({group}) => group === 'before');
		expect(shown.slice(from, from + 3)).toMatchObject([
			{name: '44s ago', value: 'ran 6.0s: SELECT 2'},
			{name: '57s ago', value: 'ran >3.0s: SELECT 1'},
			{group: 'transaction'},
		]);
	});

	test('tell what its process uses, where that is known', () => {
		const used = opened.steps(state => [
			{...state, server: {...state.server, uses: new Map([[session.id, {cpu: 0.126, memory: 34e6}]])}},
			[],
		]);
		const shown = used.reads(session);
		expect(field(shown, 'uses')).toBe('CPU 12%  memory 32MB');
	});

	test.each([80, 99, 100, 200])('stand in two columns from 100 cells on: %d', columns => {
		const shown = lookingAt(session, {size: {columns, rows: 24}})
			.types('\r')
			.reads(session);
		expect(page(shown)?.beside !== undefined).toBe(columns >= 100);
		expect(field(shown, 'state')).toBe('active for 4m13s');
		expect(field(shown, 'user')).toBe('api');
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
		expect(pressed.given('facts').at(-1)).toEqual({type: 'facts', pids: [4388]});
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
