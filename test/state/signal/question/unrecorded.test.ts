import {describe, expect, test} from 'vitest';
import {lastSentences} from '../../../../source/state/signal/sentences.js';
import {backend, processOf} from '../../../helpers/state/backend.js';
import {down, lookingAt, type Play} from '../../../helpers/state/play.js';
import {layer, words} from '../../questions.js';

const session = backend(4388);
const looking = lookingAt(session);
const pressed = (key: 'c' | 'k') => looking.types(key).waits(50);
const y = (moment: Play) => moment.types('y').waits(50);

describe('when the audit file can not be written', () => {
	const failed = pressed('k').does({type: 'unrecorded', numbers: [1], why: 'ENOSPC: no space left'});
	const asked = failed.reads(session).draws();

	test('it is asked, with the facts read anew', () => {
		expect(failed.given('facts')).toEqual([{type: 'facts', pids: [4388]}]);
		expect(asked.question().replace(/\s+/g, ' ')).toContain(
			"the audit file can't be written (ENOSPC: no space left): y sends it all the same",
		);
		expect(asked.signals()).toHaveLength(1);
		expect(asked.state.server.signals).toEqual([]);
	});

	test('y sends it all the same', () => {
		const sent = asked.waits(1500).types('y').waits(50);
		expect(sent.given('signal').map(({isUnrecorded}) => isUnrecorded)).toEqual([false, true]);
		expect(sent.sends().until('look').sees().status()).toBe('4388 ended 0.1s after k');
	});

	test('no leaves no signal behind', () => {
		const no = asked.waits(1500).types('n').waits(60);
		expect(no.signals()).toHaveLength(1);
		expect(lastSentences(no.state)).toEqual([]);
		expect(no.types('q').times('quit')).toHaveLength(1);
	});

	test('of one that is not known nothing is asked', () => {
		const none = pressed('k').holdsBack();
		expect(none.does({type: 'unrecorded', numbers: [7], why: 'x'}).state).toBe(none.state);
	});

	const sender = processOf(60, 'walsender', {state: 'active'});
	const open = lookingAt(session, {others: [sender]})
		.types('k')
		.waits(50)
		.types(down)
		.looksAtIt()
		.types('k')
		.waits(50)
		.reads(sender)
		.draws()
		.waits(400);

	test('while another question is open: it takes its place, and no y that was meant for the other is its answer', () => {
		const unwritten = open.does({type: 'unrecorded', numbers: [1], why: 'full'});
		expect(layer(unwritten)).toMatchObject({type: 'question', asked: [{aimed: {backend: {pid: 4388}}}]});
		expect(y(unwritten.draws()).signals()).toHaveLength(1);
		const read = unwritten.reads(session).draws();
		expect(y(read.waits(400)).signals()).toHaveLength(1);
		expect(layer(y(read.waits(400)))).toMatchObject({
			type: 'question',
			asked: [{aimed: {backend: {pid: 4388}}}],
		});
		const closed = read.waits(400).types('n').waits(60);
		expect(layer(closed)).toEqual({type: 'table'});
		expect(y(closed.waits(2000)).signals()).toHaveLength(1);
	});

	test('a y that waits to be alone sends nothing of a question that is hidden by then', () => {
		const hidden = open
			.types('y')
			.waits(30)
			.does({type: 'unrecorded', numbers: [1], why: 'full'});
		expect(hidden.waits(5000).signals()).toHaveLength(1);
		expect(layer(hidden.waits(60))).toMatchObject({
			type: 'question',
			asked: [{aimed: {backend: {pid: 4388}}}],
		});
	});
});

test('q does not end the program over the question why a signal can not be written down', () => {
	const quitting = pressed('k').types('q');
	const unwritten = quitting.does({type: 'unrecorded', numbers: [1], why: 'the disk is full'});
	const read = unwritten.reads(session).draws().waits(5000);
	expect(read.given('quit')).toEqual([]);
	expect(read.question()).toContain('the disk is full');
});

test('a signal that was not written down keeps its number to itself', () => {
	const unwritten = pressed('k').does({type: 'unrecorded', numbers: [1], why: 'the disk is full'});
	const sent = y(unwritten.reads(session).draws().waits(1500));
	expect(sent.signals().map(({number}) => number)).toEqual([1, 2]);
});

test('while there is no connection the session is not looked at for that question', () => {
	const lost = pressed('k').does({type: 'lost', why: 'gone'});
	const asked = lost
		.does({type: 'unrecorded', numbers: [1], why: 'full'})
		.reads(session)
		.draws();
	expect(asked.waits(5000).given('facts')).toHaveLength(1);
	expect(asked.until('connect').waits(2000).does({type: 'linked'}).given('facts')).toHaveLength(2);
});

describe('what there was to ask before is asked again with it', () => {
	const details = looking.types('\r').reads(session, {text: 'x'}).waits(500);

	test.each(['c', 'k'])('of %s: the details are open', key => {
		const sent = y(details.types(key).waits(50).reads(session).draws().waits(500));
		const again = sent
			.does({type: 'unrecorded', numbers: [1], why: 'full'})
			.reads(session)
			.draws();
		expect(words(again)).toContain("the audit file can't be written (full): y sends it all the same");
		expect(words(again)).toContain('the details are open');
		expect(layer(again.waits(60).types('n')).type).toBe('details');
	});

	test('and once, when it can not be written again and again', () => {
		const sent = y(details.types('k').waits(50).reads(session).draws().waits(500));
		const again = sent
			.does({type: 'unrecorded', numbers: [1], why: 'full'})
			.reads(session)
			.draws();
		const third = y(again.waits(1500))
			.does({type: 'unrecorded', numbers: [2], why: 'full'})
			.reads(session);
		expect(words(third).match(/the audit file/g)).toHaveLength(1);
		expect(words(third).match(/the details are open/g)).toHaveLength(1);
	});

	test('and y demands what the question shows then', () => {
		const moved = backend(4388, {xactStart: 1, queryStart: 1});
		const sent = y(
			lookingAt(session, {confirm: 'always'}).types('k').waits(50).reads(session).draws().waits(500),
		);
		const again = sent
			.does({type: 'unrecorded', numbers: [1], why: 'full'})
			.reads(moved)
			.draws();
		expect(y(again.waits(1500)).signals()[1]).toMatchObject({work: 'transaction', target: {xactStart: 1}});
	});
});
