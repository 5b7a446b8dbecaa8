import {describe, expect, test} from 'vitest';
import {backend, processOf} from '../../helpers/state/backend.js';
import {lookingAt} from '../../helpers/state/play.js';
import {elsewhere, other, relinked} from './other-server.js';

const session = backend(4388);
const checkpointer = processOf(51, 'checkpointer');
const looking = lookingAt(session, {others: [checkpointer]});

describe('a held picture of the server before', () => {
	const held = looking.types('p').waits(60);
	const back = relinked(held);

	test('stays on the screen, and a picture that is not shown tells which server it is', () => {
		expect(back.times('sample').at(-1)).toBeGreaterThan(held.now);
		const landed = back.picture(elsewhere, other);
		expect(landed.rows()).toEqual(back.rows().map(row => `${row} stale`));
		expect(landed.status()).toMatch(/^held, /);
		expect(landed.waits(60_000).times('sample')).toEqual(back.times('sample'));
	});

	test('is refused for c and k, and not told as what had ended', () => {
		const landed = back.picture(elsewhere, other).looksAtIt();
		for (const key of ['c', 'k']) {
			const pressed = landed.types(key);
			expect(pressed.status()).toBe('this picture is of the server before: p goes on');
			expect(pressed.waits(60).signals()).toEqual([]);
		}
	});

	test('on the same server it is looked at anew, and c and k act', () => {
		const same = back.picture([session, checkpointer]);
		expect(same.draws().waits(499).types('k').waits(50).signals()).toEqual([]);
		expect(same.draws().waits(500).types('k').waits(50).signals()).toMatchObject([{target: {pid: 4388}}]);
	});

	test('is identified again when that failed', () => {
		const failed = back.does({type: 'sample-failed', why: 'timeout'});
		expect(failed.waits(10_000).times('sample').length).toBeGreaterThan(back.times('sample').length);
	});

	test('where no picture has told of it the guard does', () => {
		const pressed = held.waits(600).types('k').waits(50).holdsBack(elsewhere[0], ['session', 'server']);
		expect(pressed.status()).toBe('4388 was not signalled: another server answers, or it was restarted');
	});

	test('watches end in it, too', () => {
		const watched = held.waits(600).types('k').waits(50).sends();
		const landed = relinked(watched).picture(elsewhere, other);
		expect(landed.status()).toBe('4388: not known: another server, or it was restarted');
	});
});
