import {describe, expect, test} from 'vitest';
import type {GuardedReason} from '../../../../source/domain/signal/verdict/reason.js';
import {questionLines, questionRoom} from '../../../../source/lines/foot/question.js';
import {textOf} from '../../../../source/lines/line.js';
import {backend, invisible, processOf} from '../../../helpers/state/backend.js';
import {down, esc, lookingAt, type Play} from '../../../helpers/state/play.js';
import {commit, isOpen, kinds, layer, words} from '../../questions.js';

const smallest = {size: {columns: 40, rows: 10}};
const lines = (moment: Play) =>
	moment
		.question()
		.split('\n')
		.map(line => line.trimEnd());

/** From the details, with an audit file that can't be written: the second question, as it is asked. */
function unrecorded(session: ReturnType<typeof backend>, reasons: readonly GuardedReason[] = []): Play {
	const details = lookingAt(session, smallest).types('\r').reads(session, {text: 'x'}).waits(500);
	const first = details.types('k').waits(50).reads(session, {reasons}).draws().waits(500);
	const sent = first.types('y').waits(50);
	const number = sent.signals()[0]?.number ?? 0;
	return sent
		.does({type: 'unrecorded', numbers: [number], why: 'ENOSPC: no space left on device'})
		.reads(session, {reasons})
		.draws();
}

describe('at 40x10 every reason is on the screen', () => {
	test('CREATE INDEX CONCURRENTLY, from the details, and it will not be recorded: that first', () => {
		const shown = lines(unrecorded(backend(70, {query: 'CREATE INDEX CONCURRENTLY i ON t (a)'})));
		expect(shown.length).toBeLessThanOrEqual(8);
		expect(shown.slice(0, 4)).toEqual([
			'k: end the session of 70?',
			'  it will not be recorded (audit file)',
			'  CONCURRENTLY: leaves an invalid object',
			'  the details are open',
		]);
		expect(shown.at(-1)).toBe('y: yes, end it      any other key: no');
	});

	test('all reasons that one session can have', () => {
		const session = backend(70, {...commit, query: 'CREATE INDEX CONCURRENTLY i ON t (a)'});
		const shown = lines(unrecorded(session, ['standby', 'index', 'statement', 'comment']));
		expect(shown.length).toBeLessThanOrEqual(8);
		expect(shown.slice(1, 6)).toEqual([
			'  it will not be recorded (audit file)',
			'  committed: k ends its wait',
			'  CONCURRENTLY: leaves an invalid object',
			'  its command is behind a comment',
			'  the details are open',
		]);
		expect(shown.at(-1)).toContain('any other key: no');
	});

	test.each(kinds)('%s: what it is, and that it will not be recorded', (_, session) => {
		const shown = lines(unrecorded(session));
		expect(shown.length).toBeLessThanOrEqual(8);
		expect(shown[1]).toBe('  it will not be recorded (audit file)');
		expect(shown).toContain('  the details are open');
		const asked = layer(unrecorded(session));
		const reasons = asked.type === 'question' ? asked.asked[0].reasons : [];
		expect(reasons.length).toBeGreaterThan(0);
		for (const {short} of reasons) expect(shown).toContain(`  ${short}`.trimEnd());
		for (const line of shown) expect(line.length).toBeLessThanOrEqual(40);
	});

	test('a session that has moved on says so besides', () => {
		const session = backend(70, {...commit, query: 'COMMIT'});
		const open = unrecorded(session)
			.until('facts')
			.reads(backend(70, {...commit, xactStart: 1, queryStart: 1}));
		const shown = lines(open);
		expect(shown.slice(0, 5)).toEqual([
			'k: end the session of 70?',
			'  on its next transaction',
			'  it will not be recorded (audit file)',
			'  committed: k ends its wait',
			'  the details are open',
		]);
		expect(shown.at(-1)).toContain('any other key: no');
	});

	test('in whatever size from there on no reason is cut away', () => {
		const asked = layer(
			unrecorded(backend(70, {...commit, query: 'CREATE INDEX CONCURRENTLY i ON t (a)'}), [
				'standby',
				'index',
				'comment',
			]),
		);
		if (asked.type !== 'question') throw new Error('nothing is asked');
		const all = [...asked.asked[0].reasons, ...asked.others];
		for (const columns of [40, 60, 80, 200]) {
			for (let rows = 10; rows <= 50; rows++) {
				const text = questionLines(asked, columns, questionRoom(rows))
					.map(textOf)
					.join(' ')
					.replace(/\s+/g, ' ');
				for (const reason of all) {
					const isShown = text.includes(reason.short) || text.includes(reason.text);
					expect({columns, rows, reason: reason.id, isShown}).toEqual({
						columns,
						rows,
						reason: reason.id,
						isShown: true,
					});
				}
			}
		}
	});
});

describe('a question that is being read', () => {
	const target = invisible(4388);
	const reading = lookingAt(target).types('k').waits(50);

	test('is told in the status line', () => {
		expect(reading.status()).toBe('reading 4388 ...');
		expect(reading.waits(20_000).status()).toBe('reading 4388 ...');
		expect(lookingAt(target, smallest).types('k').waits(50).status()).toBe('reading 4388 ...');
	});

	test('also when an earlier signal has come to something', () => {
		const told = lookingAt(backend(4401), {others: [target]})
			.types('k')
			.waits(50)
			.holdsBack();
		expect(told.status()).toBe('4401 had ended already');
		expect(told.types(down).looksAtIt().types('k').waits(50).status()).toBe('reading 4388 ...');
	});

	test.each([
		['q', 'q'],
		['Ctrl-C', '\u0003'],
	])('%s takes it back', (_, key) => {
		const back = reading.waits(60).types(key);
		expect(layer(back)).toEqual({type: 'table'});
		expect(back.status()).toBe('k: no, nothing was sent to 4388');
		expect(back.given('quit')).toEqual([]);
		expect(layer(back.waits(50).reads(target))).toEqual({type: 'table'});
	});

	test('Esc takes it back, once it has proven to be alone', () => {
		const back = reading.waits(60).types(esc).waits(200);
		expect(layer(back)).toEqual({type: 'table'});
		expect(back.selected()).toBe(4388);
	});

	test.each(['n', 'k', 'c', '\r', ' ', 'x', '?', 'y', '\u001B[B'])('%j does not', key => {
		const still = reading.waits(60).types(key).waits(60);
		expect(isOpen(still)).toBe(true);
		expect(still.signals()).toEqual([]);
		expect(words(still.reads(target))).toContain('k: end the session of 4388?');
		expect(still.selected()).toBe(4388);
	});

	test('takes no y for yes, not even one that comes with the facts', () => {
		const early = reading.waits(60).types('y').waits(10).reads(target).draws();
		expect(early.waits(60).signals()).toEqual([]);
		expect(isOpen(early.waits(60))).toBe(true);
	});
});

test('of a process that ends by itself the last line is the keys, too', () => {
	const worker = processOf(61, 'autovacuum worker', {
		state: 'active',
		query: 'autovacuum: VACUUM public.t (to prevent wraparound)',
	});
	const open = lookingAt(worker, smallest).types('k').waits(50).reads(worker, {wraparound: 0.91});
	expect(lines(open).at(-1)).toBe('y: yes, end it      any other key: no');
});
