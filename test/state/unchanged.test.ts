import {describe, expect, test} from 'vitest';
import type {Action} from '../../source/state/action.js';
import {highlighted} from '../../source/state/select.js';
import {nextWake} from '../../source/state/wake.js';
import {allRights, backend} from '../helpers/backend.js';
import {lookingAt, type Play, play} from '../helpers/play.js';

const looking = lookingAt(backend(4388));
const lost = looking.does({type: 'lost', why: 'the server closed the connection'});

describe('the state is the same object when nothing changed', () => {
	test.each<[what: string, moment: Play, action: Action]>([
		['a wake before anything is due', looking, {type: 'wake'}],
		['a wake before a lone key may act', looking.types('k'), {type: 'wake'}],
		['a wake while a sequence is unfinished', looking.types('\u001B'), {type: 'wake'}],
		['a wake while the connection is down', lost.waits(100), {type: 'wake'}],
		['a frame that shows the same session', looking, {type: 'drawn', row: highlighted(looking.state)}],
		['a frame without a highlighted row', play(), {type: 'drawn'}],
		['a resize to the same size', looking, {type: 'resized', size: {columns: 80, rows: 24}}],
		['an answer to no signal', looking, {type: 'answered', number: 7, answer: {type: 'unknown'}}],
		['a connection that is lost twice', lost, {type: 'lost', why: 'again'}],
		['a connection that failed while it was up', looking, {type: 'link-failed', why: 'again'}],
	])('%s', (_, moment, action) => {
		const after = moment.does(action);
		expect(after.state).toBe(moment.state);
		expect(after.commands).toEqual(moment.commands);
	});

	test('a second answer to the same signal', () => {
		const sent = looking.types('k').waits(50).sends();
		expect(sent.answers({type: 'unknown'}).state).toBe(sent.state);
	});
});

describe('the next wake', () => {
	test.each<[what: string, moment: Play, at: number | undefined]>([
		['is now, to ask for the first picture', play(), 0],
		['is none while a picture is on its way and nothing else goes on', play().waits(0), undefined],
		['is the rights, behind the first picture', play().picture([]), 0],
		['is the next refresh', play().picture([]).has(allRights), 500],
		['is 50 ms after a lone key', looking.types('k'), looking.now + 50],
		['is 200 ms after an unfinished sequence', looking.types('\u001B['), looking.now + 200],
		['is 2 s after an unfinished paste', looking.types('\u001B[200~x'), looking.now + 2000],
		['is the first look', looking.types('k').waits(50).sends(), looking.now + 100],
		['is the next try to connect', lost.waits(0), lost.now + 250],
		['is the next second of a counter', lost.until('connect'), lost.now + 1000],
		[
			'is when the picture would be old, and none for a held order',
			looking,
			2 * looking.state.settings.interval,
		],
	])('%s', (_, moment, at) => {
		expect(nextWake(moment.state)).toBe(at);
	});
});
