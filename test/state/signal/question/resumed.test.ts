import {describe, expect, test} from 'vitest';
import {backend, idleBackend, invisible, noon} from '../../../helpers/state/backend.js';
import {down, esc, lookingAt, type Play} from '../../../helpers/state/play.js';
import {asks, isOpen, layer, works} from '../../questions.js';

const session = backend(4388);
const y = (moment: Play) => moment.types('y').waits(50);

describe('back from the shell with a question open', () => {
	const open = asks(session, 'k', {confirm: 'always'}).waits(600);
	const back = open.does({type: 'resumed'});

	test('it is still there, and its facts are read anew at once', () => {
		expect(isOpen(back)).toBe(true);
		expect(back.given('facts')).toHaveLength(2);
		expect(back.times('facts').at(-1)).toBe(back.now);
	});

	test('y counts after it was drawn anew, with new facts, for 1.5 s', () => {
		expect(y(back.draws().waits(250)).signals()).toEqual([]);
		expect(back.draws().waits(250).types('y').status()).toMatch(
			/^y ignored: the question was not on the screen/,
		);
		const read = back.draws().waits(900).reads(session).draws();
		expect(y(read.waits(1499)).signals()).toEqual([]);
		expect(works(y(read.waits(1500)))).toEqual(['transaction']);
	});

	test('without new facts y counts for nothing, however long it is there', () => {
		expect(y(back.draws().waits(9000)).signals()).toEqual([]);
	});

	test('what has moved on meanwhile is said', () => {
		const read = back.reads(backend(4388, {xactStart: noon, queryStart: noon})).draws();
		expect(read.question()).toContain('on its next transaction');
		expect(works(y(read.waits(1500)))).toEqual(['session']);
	});

	test('it closes when the session has gone meanwhile', () => {
		expect(layer(back.reads())).toEqual({type: 'table'});
	});

	test('a y that waited to be alone is none', () => {
		const typed = open.types('y').waits(20).does({type: 'resumed'});
		expect(typed.waits(5000).signals()).toEqual([]);
	});

	test('one that is being read is read on', () => {
		const reading = lookingAt(invisible(4388)).types('k').waits(50).does({type: 'resumed'});
		expect(reading.given('facts')).toHaveLength(1);
		const read = reading.reads(invisible(4388)).draws();
		expect(y(read.waits(499)).signals()).toEqual([]);
		expect(y(read.waits(500)).signals()).toHaveLength(1);
	});
});

describe('a lone Esc casts no shadow on the key behind it', () => {
	const others = [idleBackend(4402)];
	const looking = lookingAt(session, {others}).waits(100);

	test('Esc, an arrow, and k as fast as a hand is', () => {
		const left = looking.types(esc).waits(200);
		expect(left.selected()).toBeUndefined();
		const again = left.types(down).draws().waits(60).types('k').waits(50);
		expect(again.signals()).toMatchObject([{target: {pid: 4388}}]);
	});

	test('Esc out of the details, and k after the list was looked at', () => {
		const details = looking.types('\r').reads(session, {text: 'x'}).draws();
		const back = details.waits(60).types(esc).waits(200).draws();
		expect(layer(back)).toEqual({type: 'table'});
		expect(back.waits(499).types('k').waits(50).status()).toBe(
			'4388: k ignored, its row has just come there',
		);
		expect(back.waits(500).types('k').waits(50).signals()).toMatchObject([{target: {pid: 4388}}]);
	});

	test('a k 200 ms behind it is told by what it does, and not as an unfinished key', () => {
		expect(looking.types(esc).waits(250).types('k').status()).toBe('select a session first: the arrows move');
	});

	test('an unfinished sequence does', () => {
		const typed = looking.types('\u001BO').waits(450).types('k');
		expect(typed.status()).toBe('k ignored: it came right after an unfinished key, press it again');
		expect(typed.waits(5000).signals()).toEqual([]);
	});
});
