import {describe, expect, test} from 'vitest';
import type {Action} from '../../source/state/action.js';
import {nextWake} from '../../source/state/deadlines.js';
import {frameOf} from '../../source/state/screen/frame-of.js';
import {allRights, backend} from '../helpers/state/backend.js';
import {lookingAt, type Play, play} from '../helpers/state/play.js';

// A picture is on its way.
const looking = lookingAt(backend(4388)).until('sample');
const asked = lookingAt(backend(4388), {confirm: 'always'})
	.until('sample')
	.types('k')
	.waits(50)
	.reads(backend(4388))
	.draws();
const lost = looking.does({type: 'lost', why: 'the server closed the connection'});

describe('the state is the same object when nothing changed', () => {
	test.each<[what: string, moment: Play, action: Action]>([
		['a wake before anything is due', looking, {type: 'wake'}],
		['a wake before a lone key may act', looking.types('k'), {type: 'wake'}],
		['a wake while a sequence is unfinished', looking.types('\u001B'), {type: 'wake'}],
		['a wake while the connection is down', lost.waits(100), {type: 'wake'}],
		['a frame that shows the same', looking, {type: 'drawn', frame: frameOf(looking.state)}],
		['the first frame, which shows nothing', play(), {type: 'drawn', frame: {rows: [], hasQuestion: false}}],
		['a frame that shows nothing', play().draws(), {type: 'drawn', frame: {rows: [], hasQuestion: false}}],
		['a frame with the same question', asked, {type: 'drawn', frame: frameOf(asked.state)}],
		['locks that nobody has asked for', looking, {type: 'locks-read', number: 7}],
		[
			'a signal that is not known and was not written down',
			looking,
			{type: 'unrecorded', numbers: [7], why: 'x'},
		],
		['the end, with nothing signalled', looking, {type: 'leaving'}],
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
		['is the next refresh', play().picture([]).has(allRights), 2000],
		['is 50 ms after a lone key', looking.types('k'), looking.now + 50],
		['is 200 ms after an unfinished sequence', looking.types('\u001B['), looking.now + 200],
		['is 2 s after an unfinished paste', looking.types('\u001B[200~x'), looking.now + 2000],
		['is the first look', looking.types('k').waits(50).sends(), looking.now + 100],
		['is the next look at what is asked about', asked, asked.now + 1000],
		['is the end of what was said first', looking.types('xk').at(4990), looking.now + 3000],
		['is the next try to connect', lost.waits(0), lost.now + 250],
		['is the next second of a counter', lost.until('connect'), lost.now + 1000],
		[
			'is when the picture would be old, and none for a held order',
			looking,
			3 * looking.state.settings.interval,
		],
	])('%s', (_, moment, at) => {
		expect(nextWake(moment.state)).toBe(at);
	});
});
