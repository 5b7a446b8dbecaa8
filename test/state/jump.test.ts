import {describe, expect, test} from 'vitest';
import {backend, noon} from '../helpers/state/backend.js';
import {lookingAt, type Play} from '../helpers/state/play.js';

// A suspended machine, or a stopped process: the store's clock goes on without the program.
const hours = 8 * 3_600_000;

const session = backend(4388);
const looking = lookingAt(session, {confirm: 'auto'});
const inFlight = looking.until('sample');
const lost = looking.does({type: 'lost', why: 'the server closed the connection'});

const moments: readonly (readonly [string, Play])[] = [
	['between two refreshes', looking],
	['with a refresh in flight', inFlight],
	['with a refresh in flight that r waits for', inFlight.types('r')],
	['with a key that is about to act', looking.types('k')],
	['with a signal that has no answer', looking.presses('k')],
	['with a signal that is watched', looking.presses('k').sends()],
	['with a filter being typed', looking.types('/us')],
	['with details open', looking.types('\r').reads(session)],
	['with a picture held', looking.types('p')],
	['without a connection', lost],
	['while a connection is tried', lost.until('connect')],
	['after q, which waits for an answer', looking.presses('k').types('q')],
];

const since = (moment: Play, before: Play) => {
	const commands = moment.commands.slice(before.commands.length).map(({command}) => command.type);
	return (type: string) => commands.filter(one => one === type).length;
};

describe.each(moments)('hours in which the program does not run, %s', (_, before) => {
	const after = before.stalls(hours).waits(1000);
	const count = since(after, before);

	test('are followed by one refresh at most, and one try to connect', () => {
		expect(count('sample')).toBeLessThanOrEqual(1);
		expect(count('connect')).toBeLessThanOrEqual(1);
		expect(count('look')).toBeLessThanOrEqual(2);
		expect(count('rights')).toBeLessThanOrEqual(1);
	});

	test('send no signal that its server would not find too late', () => {
		const sent = after.signals().slice(before.signals().length);
		expect(sent.filter(({expiresAt}) => expiresAt > noon + 1000 * (before.now + hours))).toEqual([]);
	});

	test('are no age of a session, and none is negative', () => {
		const ages = after.line(session.pid);
		expect(ages).not.toMatch(/ -\d|\d\dh|\d+d/);
	});
});

test('after such hours the next picture is followed by the next one at the interval', () => {
	const back = looking.stalls(hours).waits(10).picture([session]);
	const times = back.until('sample').picture([session]).until('sample').times('sample').slice(-2);
	expect((times[1] ?? 0) - (times[0] ?? 0)).toBe(2000);
});

test('after such hours, told of by the terminal, k does nothing before a new picture was seen', () => {
	const back = looking.stalls(hours).does({type: 'resumed'}).draws().waits(1000);
	expect(back.presses('k').signals()).toEqual([]);
	const seen = back.picture([session]).looksAtIt();
	expect(seen.presses('k').signals()).toHaveLength(1);
});
