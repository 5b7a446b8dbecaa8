import {describe, expect, test} from 'vitest';
import {backend, noon} from '../../helpers/state/backend.js';
import {lookingAt, type Play} from '../../helpers/state/play.js';
import {asks} from '../questions.js';

const session = backend(4388);
const looking = lookingAt(session);
const sent = (key: 'c' | 'k') => looking.types(key).waits(50).sends();
const says = (moment: Play) => moment.given('record-outcome').map(({facts: {sentence}}) => sentence);

/** Seen so again and again, until so many milliseconds after the key. */
function stays(moment: Play, ms: number): Play {
	let watched = moment;
	while (watched.now < looking.now + ms) watched = watched.until('look').sees(session);
	return watched;
}

describe('behind a pooler a look may come from the very session that was signalled', () => {
	const own = {isOwn: true} as const;
	const busy = backend(4388, {queryStart: noon, xactStart: noon, query: 'SELECT pg_sleep(1)'});

	test.each(['c', 'k'] as const)('and tells nothing of what %s did: that is our own doing', key => {
		const looked = sent(key).until('look').seesOn(own, busy);
		expect(looked.status()).toBe('4388 was signalled, not seen to end yet');
		expect(says(looked)).toEqual([]);
		expect(looked.times('look')).toHaveLength(1);
		expect(looked.until('look').sees().status()).toBe(`4388 ended 0.3s after ${key}`);
	});

	test('nor does a picture in which it is our own pid', () => {
		const watched = stays(sent('c'), 30_000).waits(1000).picture([busy], {ownPid: 4388});
		expect(watched.status()).toMatch(/^4388 still running/);
		expect(says(watched)).toEqual(['still running. k ends it']);
	});

	test('nor what is read for the details or for a question', () => {
		const details = looking.types('\r').reads(session, {text: 'x'});
		const read = details.picture([session]).does({
			type: 'inspected',
			inspected: {pid: 4388, isOwn: true, inspection: {at: noon, reasons: [], isOwn: true, backend: busy}},
		});
		expect(read.page()).not.toContain('pg_sleep');
		const open = asks(session, 'k', {confirm: 'always'});
		const followed = open.until('facts').does({
			type: 'facts-read',
			facts: [{pid: 4388, isOwn: true, inspection: {at: noon, reasons: [], isOwn: true, backend: busy}}],
		});
		expect(followed.question()).toBe(open.question());
		expect(followed.waits(1000).given('facts')).toHaveLength(3);
	});
});
