import {describe, expect, test} from 'vitest';
import type {Rights} from '../../../source/domain/session/rights.js';
import {alertsPage} from '../../../source/tables/pages/alerts.js';
import {
	allRights,
	backend,
	idleBackend,
	invisible,
	noRights,
	ownPid,
	processOf,
	second,
} from '../../helpers/state/backend.js';
import {healthy} from '../../helpers/state/limits.js';
import {down, esc, lookingAt, newestParts, type Play, play} from '../../helpers/state/play.js';
import {usualSettings} from '../../helpers/state/settings.js';

const timeout = 'canceling statement due to lock timeout';
const refused = {
	part: 'counters',
	why: 'permission denied for view pg_stat_database',
	isForNow: false,
} as const;
const stuck = {part: 'databases', why: timeout, isForNow: true} as const;
const calm = play().picture([]).has(allRights);

/** Those that come with each refresh. */
const parts = newestParts.filter(({every}) => every === undefined).map(({part}) => part);

/** What of them was asked for with the last refresh. */
const asked = (moment: Play) =>
	moment
		.given('sample')
		.at(-1)
		?.parts?.filter(part => parts.includes(part));

describe('a part that the server does not answer', () => {
	test('is named by an alert, once', () => {
		const moment = calm.picture([], {missing: [refused]});
		expect(moment.alert()).toBe(
			'▲ tps and hit ratio left out: permission denied for view pg_stat_database   more: !',
		);
	});

	test.each([
		['refused, it is not asked for again however long it takes', refused, 3_600_000, false],
		['too slow, it is not asked for again at once', stuck, 59_000, false],
		['too slow, it is asked for again after a minute', stuck, 61_000, true],
	] as const)('%s', (_, missing, wait, isAsked) => {
		const moment = calm.picture([], {missing: [missing]});
		const later = moment.waits(wait).picture([]).until('sample');
		expect(asked(moment.until('sample'))).toEqual(parts.filter(part => part !== missing.part));
		expect(asked(later)?.includes(missing.part)).toBe(isAsked);
	});

	test('that works again when it is asked for leaves no alert', () => {
		const moment = calm
			.picture([], {missing: [stuck]})
			.waits(61_000)
			.picture([])
			.until('sample')
			.picture([]);
		expect(moment.alert()).toBe('');
		expect(asked(moment.until('sample'))).toEqual(parts);
	});

	test('that fails again is left out for another minute', () => {
		const again = calm
			.picture([], {missing: [stuck]})
			.waits(61_000)
			.picture([])
			.until('sample')
			.picture([], {missing: [stuck]});
		expect(asked(again.until('sample'))).not.toContain('databases');
		expect(again.state.server.leftOut).toHaveLength(1);
	});

	test('is asked for again by r when it was refused, and not when it would only take as long again', () => {
		const pressed = calm.picture([], {missing: [refused, stuck]}).types('r');
		expect(asked(pressed)).toEqual(parts.filter(part => part !== stuck.part));
		// It is named until it works.
		expect(pressed.types('!').page()).toContain('tps and hit ratio left out');
		const works = pressed.picture([]);
		expect(works.types('!').page()).not.toContain('tps and hit ratio');
		expect(asked(works.until('sample'))).toContain(refused.part);
		const refusedAgain = pressed.picture([], {missing: [refused]});
		expect(refusedAgain.state.server.leftOut).toHaveLength(2);
		expect(asked(refusedAgain.until('sample'))).not.toContain(refused.part);
	});

	test('stays named when r is pressed while a refresh that does not ask for it is under way', () => {
		const underWay = calm
			.picture([], {missing: [refused]})
			.until('sample')
			.waits(10)
			.types('r');
		const answered = underWay.picture([]);
		expect(answered.alert()).toContain('tps and hit ratio left out');
		expect(asked(answered.until('sample'))).toEqual(parts);
	});

	test.each([
		['a function that was refused', {refused: ['pg_catalog.encode(bytea, text)']}, allRights, true],
		['a role', noRights, {...noRights, seesAll: true}, true],
		['nothing', noRights, noRights, false],
		['nothing, and who has sessions is another', noRights, {...noRights, owners: {12: 'own'}}, false],
	] as const)('that was refused is asked for again when this role was granted %s', (_, before, after, is) => {
		const moment = calm
			.has({...allRights, ...before})
			.picture([])
			.picture([], {missing: [refused, stuck]})
			.has({...allRights, ...after});
		const next = moment.until('sample');
		expect(asked(next)?.includes(refused.part)).toBe(is);
		expect(asked(next)).not.toContain(stuck.part);
	});

	test('that was refused is asked for again when the rights can be read at last', () => {
		const moment = play().picture([], {missing: [refused]});
		expect(asked(moment.has(allRights).until('sample'))).not.toContain(refused.part);
		const failed = moment.does({type: 'rights-failed', why: timeout}).has(allRights);
		expect(asked(failed.until('sample'))).toEqual(parts);
	});

	test('says when it is asked for again', () => {
		const page = (missing: typeof refused | typeof stuck) =>
			calm
				.picture([], {missing: [missing]})
				.types('!')
				.page();
		expect(page(refused)).toContain('asked for again on r, with other rights, or after a reconnect');
		expect(page(stuck)).toContain('asked for again after a minute');
	});

	test('is asked for again after a reconnect', () => {
		const back = calm
			.picture([], {missing: [refused, stuck]})
			.does({type: 'lost', why: 'gone'})
			.until('connect')
			.does({type: 'linked'});
		expect(asked(back)).toEqual(parts);
	});
});

describe('rights', () => {
	test('are read behind the first picture, then every minute, and after a reconnect', () => {
		expect(play().waits(1000).times('rights')).toEqual([]);
		const read = play().picture([]).waits(10);
		expect(read.times('rights')).toEqual([0]);
		const next = read.has(allRights).waits(125_000);
		expect(next.times('rights')).toEqual([0, 60_010]);
		const back = next
			.has(allRights)
			.does({type: 'lost', why: 'gone'})
			.until('connect')
			.does({type: 'linked'});
		expect(back.picture([]).waits(1).given('rights')).toHaveLength(3);
	});

	test('that can not be read are an alert, and are read again after a minute', () => {
		const moment = play().picture([]).waits(0).does({type: 'rights-failed', why: timeout});
		expect(moment.alert()).toContain(`what this role may do can't be read: ${timeout}`);
		expect(moment.waits(60_000).times('rights')).toHaveLength(2);
		expect(moment.has(allRights).alert()).toBe('');
	});

	test('are not read while the picture is held', () => {
		const held = play().picture([]).waits(1).has(allRights).types('p').waits(300_000);
		expect(held.given('rights')).toHaveLength(1);
	});

	test('that are missing are an alert with the GRANT, until it was read', () => {
		const moment = play().picture([]).has(noRights);
		const grant = 'GRANT pg_read_all_stats, pg_signal_backend TO "plain"';
		expect(moment.alert()).toBe(`▲ missing: ${grant}   more: !`);
		const opened = moment.types('!');
		expect(opened.page()).toContain(grant);
		expect(opened.waits(500).types(esc).waits(500).alert()).toBe('');
		expect(opened.waits(500).types(esc).waits(500).types('!').page()).toContain(grant);
	});

	test.each([
		['all of them', {}, ''],
		['only the eyes', {seesAll: true}, 'GRANT pg_signal_backend TO "plain"'],
		['only the hands', {signalsAll: true}, 'GRANT pg_read_all_stats TO "plain"'],
		['a superuser', {isSuperuser: true}, undefined],
		[
			'a name that is not safe to paste',
			{grantee: {inheritsBy: 'itself'}},
			'the role pg_read_all_stats, pg_signal_backend',
		],
		[
			'a role that does not inherit',
			{grantee: {name: '"plain"', inheritsBy: 'option'}},
			'GRANT pg_read_all_stats, pg_signal_backend TO "plain" WITH INHERIT TRUE',
		],
		[
			'a role that does not inherit, before 16',
			{signalsAll: true, grantee: {name: '"plain"', inheritsBy: 'attribute'}},
			'GRANT pg_read_all_stats TO "plain"; ALTER ROLE "plain" INHERIT',
		],
	] as const)('of %s', (_, facts, words) => {
		const alert = play()
			.picture([])
			.has({...noRights, ...facts})
			.alert();
		if (words === undefined) expect(alert).toBe('');
		else expect(alert).toContain(words);
	});

	test.each([
		['a session of another role', backend(4388), noRights, '-'],
		['a session of a role that it is a member of', backend(4388), {...noRights, owners: {10: 'own'}}, ' '],
		[
			'a session of another role, with pg_signal_backend',
			backend(4388),
			{...noRights, signalsAll: true},
			' ',
		],
		['a superuser', backend(4388), {...noRights, signalsAll: true, owners: {10: 'superuser'}}, '-'],
		['a role that came since', backend(4388, {userId: 11}), noRights, ' '],
		['an autovacuum worker', processOf(4388, 'autovacuum worker', {userId: undefined}), noRights, '-'],
		[
			'an autovacuum worker, with the role for it',
			processOf(4388, 'autovacuum worker', {userId: undefined}),
			{...noRights, signalsOwnerless: 'autovacuum workers'},
			' ',
		],
		['a launcher', processOf(4388, 'autovacuum launcher', {userId: undefined}), noRights, '-'],
		['what nobody can signal', processOf(4388, 'checkpointer', {userId: undefined}), allRights, '-'],
		['any session, to a superuser', invisible(4388), allRights, ' '],
	] as const)('mark %s before a key is pressed', (_, session, rights, flag) => {
		const moment = play().picture([session]).types('a').has(rights);
		expect(moment.line(4388).slice(0, 2)).toBe(` ${flag}`);
		expect(moment.types(down).line(4388).slice(0, 2)).toBe(`>${flag}`);
	});

	test('do not promise that a GRANT helps with what may be no autovacuum worker', () => {
		const hidden = invisible(4388, {
			userId: undefined,
			user: undefined,
			database: undefined,
			kind: 'unknown',
		});
		const details = lookingAt(hidden).has(noRights).types('\r').reads(hidden);
		expect(details.page()).toContain('c and k superuser only, unless it is an autovacuum worker');
		const worker = processOf(4388, 'autovacuum worker', {userId: undefined});
		const told = lookingAt(worker).has(noRights).types('\r').reads(worker);
		expect(told.page()).toContain('c and k needs GRANT pg_signal_autovacuum_worker TO "plain"');
	});

	test('mark nothing before they are known, nor what is gone', () => {
		expect(
			play()
				.picture([backend(4388)])
				.line(4388)
				.slice(0, 2),
		).toBe('  ');
		const gone = lookingAt(backend(4388)).has(noRights).picture([]);
		expect(gone.line(4388).slice(0, 2)).toBe('> ');
	});

	test.each([
		['another role', invisible(4388), 'needs GRANT pg_signal_backend TO "plain"'],
		['a superuser', invisible(4388, {userId: 12}), 'superuser only: nobody here can'],
	])(
		'and the details of %s say what can not be seen and done, and what would change that',
		(_, session, why) => {
			const details = lookingAt(session)
				.has({...noRights, owners: {10: 'other', 12: 'superuser'}})
				.types('\r')
				.reads(session);
			expect(details.page()).toContain('hidden what it does: needs GRANT pg_read_all_stats TO "plain"');
			expect(details.page()).toContain(`c and k ${why}`);
		},
	);
});

describe('statements that are logged', () => {
	const logged = {loggedBy: 'log_statement = all'};

	test('are an alert, which says what a superuser can do about it and others can not', () => {
		const superuser = play()
			.picture([])
			.has({...allRights, ...logged});
		expect(superuser.alert()).toBe('▲ the server logs our statements: log_statement = all   more: !');
		expect(superuser.types('!').page()).toContain('keeps itself out of the log but for a line or two');
		const plain = play()
			.picture([])
			.has({...noRights, ...logged});
		expect(plain.alert()).toBe('▲ the server logs our statements: log_statement = all   +1 more: !');
		expect(plain.types('!').page()).toContain('logged with all its text; only a superuser');
	});
});

describe('what the server does not track', () => {
	const off = {state: 'disabled', xactStart: undefined, queryStart: undefined, stateChange: undefined};
	const counters = {commits: 1, rollbacks: 1, blocksHit: 1, blocksRead: 1};

	test.each([
		[1, '▲ session 4000 is not tracked: track_activities is off for it   more: !'],
		[2, '▲ 2 sessions are not tracked: track_activities is off   more: !'],
		[34, '▲ 34 sessions are not tracked: track_activities is off   more: !'],
	])('is an alert, with how many sessions: %d', (count, alert) => {
		const sessions = Array.from({length: count}, (_, index) => backend(4000 + index, off));
		const others = [
			backend(1),
			backend(ownPid, off),
			processOf(51, 'autovacuum worker', off),
			backend(2, {state: 'dreaming'}),
			invisible(3),
		];
		expect(calm.picture([...others, ...sessions]).alert()).toBe(alert);
		expect(calm.picture(others).alert()).toBe('');
	});

	test('is an alert, when the counters stand still, and then there are no rates', () => {
		const still = calm
			.picture([], {counters: {...counters, isOff: true}})
			.waits(2000)
			.picture([], {counters: {...counters, commits: 9, isOff: true}});
		expect(still.alert()).toBe("▲ tps and hit ratio can't be told: track_counts is off   more: !");
		expect(still.topText()).toMatch(/ tps +- .* hit +- /);
		expect(calm.picture([], {counters}).alert()).toBe('');
	});

	test('has both, the sessions first', () => {
		const both = calm.picture([backend(1, off)], {counters: {...counters, isOff: true}});
		expect(both.alert()).toMatch(/^▲ session 1 is not tracked: .* \+1 more: !$/);
		expect(both.types('!').page()).toMatch(/^untracked session 1 (.|\n)*^uncounted tps and hit ratio/m);
	});
});

describe('a picture that is old', () => {
	test('is an alert that counts, and ends with the next one', () => {
		const waiting = calm.until('sample');
		expect(waiting.waits(1500).alert()).toBe('');
		expect(waiting.waits(4000).alert()).toMatch(/^▲ this picture is [56]s old: no answer from the server/);
		expect(waiting.waits(10_000).alert()).toMatch(/^▲ this picture is 1[12]s old: /);
		expect(waiting.waits(12_000).picture([]).alert()).toBe('');
	});

	test('says when refreshes fail', () => {
		const failing = [1, 2, 3].reduce(
			moment => moment.until('sample').does({type: 'sample-failed', why: timeout}),
			calm,
		);
		expect(failing.waits(1500).alert()).toContain('refreshes fail');
		expect(failing.waits(1500).types('!').page()).toContain(`${timeout}; r asks at once; c and`);
	});

	test('is none that is held', () => {
		expect(calm.types('p').waits(60_000).alert()).toBe('');
	});
});

describe('a lost connection', () => {
	const down = calm.does({type: 'lost', why: 'gone'}).until('connect');

	test.each([
		[false, 'pgtop reconnects by itself'],
		[true, 'a refused login is tried again by r only'],
	])('says how it comes back, refused: %s', (isFinal, words) => {
		const failed = down.does({type: 'link-failed', why: 'no', isFinal}).waits(2000);
		expect(failed.types('!').page().replaceAll(/\s+/g, ' ')).toContain(words);
	});

	test('says why it was lost, and what the last try said', () => {
		const failed = down.does({type: 'link-failed', why: 'refused'}).until('connect');
		const again = failed.does({type: 'link-failed', why: 'starting up'});
		expect(again.types('!').page()).toContain('gone; since then: starting up; pgtop');
	});
});

describe('the list of alerts', () => {
	test('has the worst first, and the alert line tells how many more there are', () => {
		const moment = calm
			.has({...noRights, loggedBy: 'log_duration = on'})
			.picture([], {missing: [stuck, refused], server: {startedAt: 1}});
		expect(moment.alert()).toBe('▲ this is another server, or it was restarted   +4 more: !');
		const names = moment
			.types('!')
			.page()
			.split('\n')
			.flatMap(line => /^(server|left out|logged|rights)\b/.exec(line)?.[1] ?? []);
		expect(names).toEqual(['server', 'left out', 'left out', 'logged', 'rights']);
	});

	test('goes by the thresholds of the server, and names them', () => {
		const idle = backend(4388, {state: 'idle in transaction', age: 200 * second});
		const own = {...usualSettings.thresholds, idleInTransaction: 180 * second, standbyLag: 90 * second};
		const moment = play({thresholds: own})
			.picture([idle], {...healthy})
			.has(allRights);
		expect(moment.alert()).toContain('4388 (api) idle in transaction for 3m20s');
		expect(moment.types('!').page()).toContain('nothing that replicates is seen to be over 90 s behind');
		const calmer = {...moment.state.settings, thresholds: {...own, idleInTransaction: 240 * second}};
		const page = alertsPage({...moment.state, settings: calmer}, 120).fields.map(({value}) => value);
		expect(page).toContain('no session is idle in transaction for over 4 minutes');
	});

	test('says what was looked at and found in order, and no more', () => {
		const sound = play()
			.picture([], {...healthy, archiver: {mode: 'on', failures: 0}})
			.has(allRights);
		expect(sound.types('!').page().split('\n')).toEqual([
			'in order the picture is not old',
			' the same server answers, and it was not restarted',
			' nobody waits for a lock for over 1 s',
			' ordinary roles have connections left',
			' no database is near wraparound',
			' no commit that this role sees has waited for a standby for 10 s',
			' no session is idle in transaction for over 5 minutes',
			' nothing holds the xmin horizon for long',
			' no replication slot keeps too much WAL, and none is lost',
			' no replay is paused here',
			' nothing that replicates is seen to be over 30 s behind',
			' no standby has gone while pgtop looked',
			' archiving works, or had nothing to do',
			' no part of the refresh is left out',
			' the sessions that this role sees have track_activities on',
			' track_counts is on',
			' it logs no statements of ours',
			' this role lacks no right that pgtop can use',
		]);
		const held = calm.has(allRights).types('p').waits(60_000).types('!').page();
		expect(held).not.toContain('not old');
		expect(held).toContain('not checked stale: the picture is held');
		const waiting = calm.until('sample').waits(10_000).types('!').page().replaceAll(/\s+/g, ' ');
		expect(waiting).toContain('no answer from the server');
		expect(waiting).toMatch(
			/not checked server, blocked, connections, .* left out, untracked, uncounted: the picture is old/,
		);
		expect(waiting).not.toContain('no part of the refresh');
		const down = calm.does({type: 'lost', why: 'gone'}).types('!').page().replaceAll(/\s+/g, ' ');
		expect(down).toMatch(
			/not checked server, blocked, connections, .* uncounted, logged, rights: there is no connection/,
		);
		expect(down).not.toContain('in order');
		const uncounted = calm
			.picture([], {missing: [refused]})
			.types('!')
			.page();
		expect(uncounted).toContain('uncounted: left out: tps and hit ratio');
		expect(uncounted).not.toContain('track_counts');
	});

	test('says nothing of what was not looked at, but that it was not', () => {
		const started = play().until('sample').types('!').page().replaceAll(/\s+/g, ' ');
		expect(started).toMatch(
			/not checked stale, server, blocked, connections, .* untracked, uncounted: there is no/,
		);
		expect(started).not.toContain('in order');
		const failing = play().does({type: 'sample-failed', why: 'permission denied'});
		expect(failing.alert()).toBe('▲ there is no picture yet: permission denied   more: !');
		expect(failing.types('!').page()).not.toContain('in order');
		const unread = play().picture([]).does({type: 'rights-failed', why: timeout}).types('!').page();
		expect(unread).toContain('logged: what this role may do is not read yet');
		const bare = calm.has(allRights).types('!').page().replaceAll(/\s+/g, ' ');
		expect(bare).toContain('connections, wraparound, horizon, slot, lag, gone, archiving: not read yet');
		const hidden = play()
			.picture([invisible(1)], healthy)
			.has(noRights)
			.types('!')
			.page()
			.replaceAll(/\s+/g, ' ');
		expect(hidden).toContain("sync, idle-tx, horizon: what some sessions do can't be seen");
		expect(hidden).toContain('archiving: this server does not archive');
		const standby = play()
			.picture([], {...healthy, server: {recovery: 'STANDBY'}})
			.types('!')
			.page();
		expect(standby).toContain('horizon: to be looked at on the primary');
		const unseen = {...healthy, standbys: [{pid: 7, name: 'walreceiver'}]};
		expect(play().picture([], unseen).types('!').page()).toContain(
			'lag, gone: this role does not see how standbys stand',
		);
	});

	test('tells once what was left out for one reason', () => {
		const missing = (['roles', 'databases', 'texts'] as const).map(part => ({...refused, part}));
		const said = calm.picture([], {missing}).types('!').page().replaceAll(/\s+/g, ' ');
		expect(said).toMatch(
			/^left out names of roles, names of databases, texts of queries .* left out: permission/,
		);
		expect(said.match(/asked for again/g)).toHaveLength(1);
	});

	test('names the GRANT for functions and tables that were revoked from everybody', () => {
		const terminate = 'pg_catalog.pg_terminate_backend(integer, bigint)';
		const lacks = (lacked: Partial<Rights>) =>
			calm.has({...allRights, isSuperuser: false, ...lacked}).alert();
		expect(lacks({revoked: {terminate: [terminate]}})).toBe(
			`▲ missing: GRANT EXECUTE ON FUNCTION ${terminate} TO "dba"   more: !`,
		);
		expect(lacks({refused: ['pg_catalog.pg_database']})).toBe(
			'▲ missing: GRANT SELECT ON pg_catalog.pg_database TO "dba"   more: !',
		);
		expect(lacks({isSuperuser: true, refused: ['pg_catalog.pg_database']})).toBe('');
	});

	test('takes no c and no k', () => {
		const opened = lookingAt(idleBackend(4388)).types('!').waits(500);
		expect(opened.presses('k').status()).toBe('c and k act on the list only: Esc goes back');
		expect(opened.presses('k').signals()).toEqual([]);
	});

	test.each([
		[10, ''],
		[15, ''],
		[16, '▲ missing: GRANT'],
	])('in a terminal of %i lines the alert line is', (rows, line) => {
		const moment = play({size: {columns: 80, rows}})
			.picture([])
			.has(noRights);
		expect(moment.topText()).toContain(line);
		if (line === '') expect(moment.status()).toMatch(/^▲ missing: GRANT /);
		else expect(moment.status()).toBe('');
	});
});
