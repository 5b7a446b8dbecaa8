import {describe, expect, test} from 'vitest';
import {lastSentences} from '../../../source/state/signal/sentences.js';
import {backend, idleBackend, invisible, noon, processOf, snapshot} from '../../helpers/state/backend.js';
import {down, lookingAt, type Play, play} from '../../helpers/state/play.js';
import {asks, isOpen, layer} from '../questions.js';
import {elsewhere, other, relinked} from './other-server.js';

const session = backend(4388);
const checkpointer = processOf(51, 'checkpointer');
const looking = lookingAt(session, {others: [checkpointer]});
const sent = looking.types('k').waits(50).sends();
const unanswered = looking.types('k').waits(50);

/** The same postmaster, whose checkpointer is another one. */
const afterCrash = [processOf(52, 'checkpointer', {backendStart: noon + 1})];

const {startedAt: _, ...untold} = snapshot([]).server;
/** A picture of a server that does not tell since when it runs. */
const toldNothing = (moment: Play, ...sessions: Parameters<Play['picture']>[0]) =>
	moment.does({
		type: 'sampled',
		snapshot: {...snapshot(sessions, {at: noon + moment.now * 1000}), server: untold},
	});

const ends = (moment: Play) =>
	moment.given('record-outcome').map(({facts: {outcome, sentence}}) => [outcome, sentence]);

describe('after a reconnect to another server, or to the same one started anew', () => {
	const lands = (moment: Play) => relinked(moment).picture(elsewhere, other);

	test('a session that was signalled has not ended: nothing is known of it any more', () => {
		const landed = lands(sent);
		expect(landed.status()).toBe('4388: not known: another server, or it was restarted');
		expect(landed.waits(60).types('L').page().replace(/\s+/g, ' ')).toContain(
			'not known: another server, or it was restarted',
		);
		expect(ends(landed)).toEqual([['other server', 'not known: another server, or it was restarted']]);
		expect(landed.line(4388)).not.toContain('ended');
	});

	test('and it is looked at no more', () => {
		const landed = lands(sent);
		expect(landed.waits(60_000).picture(elsewhere, other).times('look')).toEqual(sent.times('look'));
		expect(landed.waits(60_000).picture([], other).status()).toBe(landed.status());
	});

	test('of a k that never arrived nobody says that it is gone now', () => {
		const landed = lands(unanswered);
		expect(landed.status()).toBe('4388: not known: another server, or it was restarted');
		expect(ends(landed)).toEqual([
			['not known', 'may or may not have been signalled'],
			['other server', 'not known: another server, or it was restarted'],
		]);
		expect(landed.waits(60_000).times('look')).toEqual([]);
		expect(lastSentences(landed.state)).toEqual([]);
	});

	test('no look goes out before a picture has told which server it is', () => {
		const back = relinked(sent);
		expect(back.waits(9000).times('look')).toEqual(sent.times('look'));
		expect(relinked(unanswered).waits(9000).times('look')).toEqual([]);
	});

	test('what had come to its end before stays as it was', () => {
		const ended = sent.until('look').sees();
		expect(lands(ended).status()).toBe('4388 ended 0.1s after k');
		expect(ends(lands(ended))).toHaveLength(1);
	});

	test('the details end, also under the help', () => {
		const details = looking.types('\r').reads(session, {text: 'x'});
		const landed = lands(details);
		expect(layer(landed)).toEqual({type: 'table'});
		expect(landed.waits(60).types('k').status()).toBe('4388 is of the server before: nothing is known of it');
		expect(landed.waits(60).types('\r').status()).toBe(
			'4388 is of the server before: nothing is known of it',
		);
		expect(landed.waits(9000).times('facts')).toEqual(landed.times('facts'));
		const help = lands(details.waits(60).types('?'));
		expect(help.state.screen.layers.map(({type}) => type)).toEqual(['help', 'table']);
	});

	test('a second k is a first one', () => {
		const heldBack = unanswered.holdsBack(backend(4388, {xactStart: noon})).draws();
		expect(heldBack.state.hand.secondK).toBeDefined();
		expect(lands(heldBack).state.hand.secondK).toBeUndefined();
	});

	test('the selection is nobody’s, and the row is not offered', () => {
		const landed = lands(looking).draws().waits(1000);
		expect(landed.types('k').waits(50).signals()).toEqual([]);
		expect(landed.selected()).toBe(4388);
		expect(landed.types('k').status()).toBe('4388 is of the server before: nothing is known of it');
		expect(landed.rows()).toContain('4388 stale');
	});
});

describe('a pooler changes the server without a lost connection', () => {
	test('and a picture tells: every watch ends', () => {
		const landed = sent.waits(3000).picture(elsewhere, other);
		expect(landed.status()).toBe('4388: not known: another server, or it was restarted');
		expect(landed.alert()).toContain('this is another server, or it was restarted');
	});

	test('or a look tells, before a picture does', () => {
		const looked = sent.until('look').seesOn({startedAt: noon}, elsewhere[0] ?? session);
		expect(looked.status()).toBe('4388: not known: another server, or it was restarted');
		const gone = sent.until('look').seesOn({startedAt: noon});
		expect(gone.status()).toBe('4388: not known: another server, or it was restarted');
		const same = sent.until('look').seesOn({startedAt: snapshot([]).server.startedAt ?? 0});
		expect(same.status()).toBe('4388 ended 0.1s after k');
	});

	test('a question is closed by the picture, and says so', () => {
		const open = asks(session, 'k', {confirm: 'always'}).waits(500);
		const landed = open.types('y').waits(20).picture(elsewhere, other);
		expect(isOpen(landed)).toBe(false);
		expect(landed.status()).toBe('this is another server: nothing was sent');
		expect(landed.waits(60).signals()).toEqual([]);
		expect(landed.waits(100).types('y').status()).toBe('y ignored: the question has closed');
	});

	test('or by what is read for it, whether the session is there or not', () => {
		const open = lookingAt(session, {confirm: 'always'}).types('k').waits(50);
		const inspects = (moment: Play, ...read: Parameters<Play['reads']>) => {
			const [found, facts] = read;
			const inspection = found && {at: noon, reasons: [], backend: found, ...facts};
			return moment.does({
				type: 'facts-read',
				facts: [{pid: 4388, startedAt: noon, ...(inspection && {inspection})}],
			});
		};

		const says = 'another server answers, or it was restarted: nothing was sent';
		expect(inspects(open).status()).toBe(says);
		expect(inspects(open, session).status()).toBe(says);
		const shown = open.reads(session).draws().until('facts');
		expect(inspects(shown).status()).toBe(says);
		expect(isOpen(inspects(shown, session))).toBe(false);
	});

	test('a key that waits to be alone sends nothing', () => {
		const landed = looking.types('k').waits(20).picture(elsewhere, other);
		expect(landed.waits(5000).signals()).toEqual([]);
	});

	test('rows that this role may not see are dropped: nobody knows whose they are', () => {
		const hidden = lookingAt(invisible(4388))
			.waits(2000)
			.picture([invisible(4388)], other);
		expect(hidden.selected()).toBeUndefined();
		expect(hidden.rows()).toEqual(['4388']);
	});
});

describe('when the checkpointer is another one, and the postmaster the same, the server crashed', () => {
	const crashed = sent.waits(3000).picture(afterCrash);

	test('every session is gone, and that is said of those that were signalled', () => {
		expect(crashed.status()).toBe('4388 was gone after the crash');
		expect(ends(crashed)).toEqual([['crash', 'was gone after the crash']]);
		expect(relinked(sent).picture(afterCrash).status()).toBe('4388 was gone after the crash');
		expect(relinked(unanswered).picture(afterCrash).status()).toBe('4388 was gone after the crash');
	});

	test('is an alert, with its name', () => {
		expect(crashed.alert()).toContain('the server crashed and recovered');
		expect(crashed.waits(60).types('!').page()).toContain('the server crashed and recovered');
	});

	test('a question is closed by it', () => {
		const open = asks(session, 'k', {confirm: 'always', others: [checkpointer]}).waits(500);
		const closed = open.picture(afterCrash);
		expect(isOpen(closed)).toBe(false);
		expect(closed.status()).toBe('the server has crashed: nothing was sent');
	});

	test('and not because nobody sees the checkpointer any more', () => {
		const blind = sent.waits(3000).picture([session]);
		expect(blind.alert()).not.toContain('crashed');
		const again = blind.picture([session, checkpointer]);
		expect(again.alert()).not.toContain('crashed');
		expect(blind.picture(afterCrash).alert()).toContain('crashed');
	});
});

describe('a server that does not tell since when it runs', () => {
	const before = toldNothing(play(), session).types(down).looksAtIt();
	const signalled = before.types('k').waits(50).sends();

	test('is the same one as long as the connection is', () => {
		const looked = toldNothing(signalled.until('look').sees(session), session);
		expect(looked.status()).toBe('4388 was signalled, not seen to end yet');
		expect(looked.until('look').sees().status()).toMatch(/^4388 (ended|was gone)/);
	});

	test('may be another one over a new connection: nothing is claimed of it', () => {
		const back = toldNothing(relinked(signalled), session);
		expect(back.status()).toBe('4388: not known: this may be another server');
		expect(back.waits(60_000).times('look')).toEqual(signalled.times('look'));
		const gone = toldNothing(relinked(before.types('k').waits(50)));
		expect(gone.status()).toBe('4388: not known: this may be another server');
	});

	test('is no alert: it is most likely the same', () => {
		expect(toldNothing(relinked(signalled), session).alert()).not.toContain('another server');
	});
});

describe('on the same server a watch goes on after a reconnect', () => {
	test('and what is seen is said', () => {
		const back = relinked(sent.until('look').sees(session)).picture([session, checkpointer]);
		expect(back.status()).toBe('4388 was signalled, not seen to end yet');
		expect(back.until('look').sees().status()).toMatch(/^4388 ended \d\.\ds after k$/);
	});
});

test('an idle server has nothing to say', () => {
	expect(
		relinked(lookingAt(idleBackend(1)))
			.picture([idleBackend(1)])
			.status(),
	).toBe('');
});
