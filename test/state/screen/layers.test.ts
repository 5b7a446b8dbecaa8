import {expect, test} from 'vitest';
import {frameOf} from '../../../source/state/screen/frame-of.js';
import {backend} from '../../helpers/state/backend.js';
import {esc, lookingAt, type Play} from '../../helpers/state/play.js';

const session = backend(4388);
const open = ({state}: Play) => state.screen.layers.map(({type}) => type);

test('whatever a question stood over comes back by itself, and so does what is under that', () => {
	const help = lookingAt(session).presses('k').presses('\r').reads(session).presses('?');
	expect(open(help)).toEqual(['help', 'details', 'table']);
	const question = help
		.does({type: 'unrecorded', numbers: [1], why: 'the disk is full'})
		.reads(session)
		.draws();
	expect(open(question)).toEqual(['question', 'help', 'details', 'table']);
	expect(question.page()).toBe(help.page());
	const no = question.presses('n');
	expect(open(no)).toEqual(['help', 'details', 'table']);
	expect(open(no.types(esc).waits(500))).toEqual(['details', 'table']);
	expect(open(no.types(esc).waits(500).types(esc).waits(500))).toEqual(['table']);
});

test('a question may come up over the line for a password: no row counts as looked at meanwhile', () => {
	const refusal = {type: 'link-failed', why: 'no', isFinal: true, passwordFor: 'dba@db1'} as const;
	const lost = lookingAt(session).presses('k').does({type: 'lost', why: 'gone'}).until('connect');
	const line = lost.does(refusal).presses('r').does(refusal).draws();
	expect(open(line)).toEqual(['password', 'table']);
	const question = line.does({type: 'unrecorded', numbers: [1], why: 'the disk is full'});
	expect(open(question)).toEqual(['question', 'password', 'table']);
	expect(question.page()).toBe('');
	expect(frameOf(question.state).rows).toEqual([]);
	expect(open(question.presses('q'))).toEqual(['password', 'table']);
});

test('another question takes the place of one that is open', () => {
	const first = lookingAt(session, {confirm: 'always'}).presses('k').reads(session).draws();
	const sent = first.waits(600).presses('y');
	expect(sent.signals()).toHaveLength(1);
	const second = sent.does({type: 'unrecorded', numbers: [1], why: 'the disk is full'});
	expect(open(second)).toEqual(['question', 'table']);
	expect(open(second.reads(session).draws().presses('n'))).toEqual(['table']);
});
