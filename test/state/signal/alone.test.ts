import {describe, expect, test} from 'vitest';
import {nextWake} from '../../../source/state/deadlines.js';
import {allRights, backend} from '../../helpers/state/backend.js';
import {down, lookingAt, type Play, play} from '../../helpers/state/play.js';

const looking = lookingAt(backend(4388));

describe('c and k wait for 50 ms in which nothing follows them', () => {
	test.each([
		['c', 'cancel'],
		['k', 'terminate'],
	])('%s sends %s then, and not before', (key, signal) => {
		const typed = looking.types(key);
		expect(nextWake(typed.state)).toBe(typed.now + 50);
		expect(typed.waits(49.9).signals()).toEqual([]);
		expect(typed.waits(50).signals()).toMatchObject([{signal, target: {pid: 4388}}]);
		expect(typed.waits(5000).signals()).toHaveLength(1);
	});

	test('other wakes before their time fire nothing', () => {
		const typed = looking.types('k').waits(20).does({type: 'wake'}).waits(29).does({type: 'wake'});
		expect(typed.signals()).toEqual([]);
		expect(typed.waits(1).signals()).toHaveLength(1);
	});

	test('a wake that comes late still sends, when no byte was read before it', () => {
		expect(looking.types('k').stalls(400).does({type: 'wake'}).signals()).toHaveLength(1);
	});

	test('bytes that are read before a late wake stop it, however late', () => {
		expect(looking.types('k').stalls(400).types('x').waits(5000).signals()).toEqual([]);
	});

	test('the key counts from its own time, whenever the wake comes', () => {
		const [order] = looking.types('k').waits(50).signals();
		const [late] = looking.types('k').stalls(400).waits(0).signals();
		expect(late?.expiresAt).toBe(order?.expiresAt);
	});

	test.each<[what: string, happens: (moment: Play) => Play]>([
		['a new connection', moment => moment.does({type: 'linked'})],
		['a picture', moment => moment.picture([backend(4388)])],
		['a frame', moment => moment.draws()],
		['the rights', moment => moment.has(allRights)],
	])('%s that comes before a late wake sends nothing: bytes may wait to be read', (_, happens) => {
		const late = happens(looking.types('k').stalls(400));
		expect(late.signals()).toEqual([]);
		expect(late.types('x').waits(5000).signals()).toEqual([]);
		expect(late.waits(0).signals()).toHaveLength(1);
	});

	test('a refresh that is due meanwhile is asked for behind the signal', () => {
		const due = lookingAt(backend(4388))
			.picture([backend(4388)])
			.draws();
		const fired = due.at(2980).types('k').at(3030);
		expect(fired.commands.at(-1)?.command.type).toBe('signal');
		const types = due
			.at(2950)
			.types('k')
			.does({type: 'wake'})
			.at(3100)
			.commands.map(({command}) => command.type);
		expect(types.slice(-2)).toEqual(['signal', 'sample']);
	});

	test('a refresh that is overdue when the key is read is asked for behind the signal, too', () => {
		const overdue = looking
			.picture([backend(4388)])
			.stalls(4000)
			.types('k');
		const fired = overdue.stalls(60).does({type: 'wake'});
		const given = fired.commands.slice(looking.commands.length);
		expect(given.map(({command}) => command.type)).toEqual(['signal', 'sample']);
	});

	test('letters that are no signals wait for nothing', () => {
		expect(looking.types('q').commands.at(-1)?.command).toEqual({type: 'quit'});
	});
});

describe('a key that was dropped', () => {
	test('says so, and starts no dead time', () => {
		const dropped = looking.types('xk');
		expect(dropped.status()).toBe('k ignored: it came together with other keys, press it again');
		expect(dropped.waits(50).types('k').waits(50).signals()).toHaveLength(1);
	});

	test('says so when only what came after it showed it', () => {
		const dropped = looking.types('c').waits(30).types(down);
		expect(dropped.status()).toBe('c ignored: it came together with other keys, press it again');
	});

	test('says so although the key behind it has something to say, too', () => {
		expect(looking.types('ki').status()).toMatch(/^k ignored/);
	});

	test('is not told of any more once another key is pressed', () => {
		expect(looking.types('xk').waits(100).types(down).status()).toBe('');
	});
});

test('a picture, a frame and a resize within the 50 ms stop nothing', () => {
	const typed = looking
		.types('k')
		.waits(10)
		.picture([backend(4388)])
		.waits(10)
		.draws()
		.does({type: 'resized', size: {columns: 100, rows: 30}});
	expect(typed.waits(30).signals()).toHaveLength(1);
});

test.each([
	['the connection is lost', {type: 'lost', why: 'the server closed the connection'}],
	['the terminal becomes too small', {type: 'resized', size: {columns: 39, rows: 24}}],
	['the screen was another one’s', {type: 'resumed'}],
] as const)('nothing is sent when %s within the 50 ms', (_, action) => {
	expect(looking.types('k').waits(20).does(action).waits(60_000).signals()).toEqual([]);
});

test('before the first picture nothing can be selected, and nothing happens', () => {
	expect(play().types(down).draws().waits(1000).presses('k').signals()).toEqual([]);
});
