import {describe, expect, test} from 'vitest';
import type {Configuration, Rules} from '../../../../source/domain/configuration/rules.js';
import {noConfiguration} from '../../../../source/domain/configuration/rules.js';
import {backend, noon} from '../../../helpers/state/backend.js';
import {down, lookingAt, type Play, play} from '../../../helpers/state/play.js';
import {asks, isOpen} from '../../questions.js';
import {relinked} from '../other-server.js';

const session = backend(4388);
const told = <Value>(value: Value) => ({value, from: 'line 7'});

/** A configuration with one section. */
const says = (name: string, rules: Rules): Configuration => ({
	...noConfiguration,
	sections: [{name, rules}],
});
const production = says('shop', {isProduction: told(true)});
const shop = {hosts: ['db2'], clusterName: 'shop'};

/** The pooler gives another server to the same connection. */
const elsewhere = {server: {startedAt: noon}};
const moved = (moment: Play) => moment.until('sample').picture([session], elsewhere);
const answers = (moment: Play, names = shop) => moment.does({type: 'names-read', names});

/** Looks at the session, in the list as it is now, and presses k. */
const presses = (moment: Play) => moment.draws().waits(1000).types(down).looksAtIt().types('k');

describe('what the configuration says of the first server is in force from the start', () => {
	test('thresholds, roles, and that it is production: so it is read-only, and asks', () => {
		const {settings} = play({configuration: production, names: shop}).state;
		expect(settings).toMatchObject({production: 'shop', isReadOnly: true, confirm: 'always'});
		const {thresholds, serviceRoles} = play({
			configuration: says('db1', {
				thresholds: {standbyLag: told(90e6)},
				serviceRoles: told(['hoster']),
			}),
		}).state.settings;
		expect(thresholds.standbyLag).toBe(90e6);
		expect([...serviceRoles]).toEqual(['hoster']);
	});

	test('interval, order and columns, without columns that there are not', () => {
		const {settings, screen} = play({
			configuration: says('db1', {
				interval: told(5000),
				columns: told(['pid', 'nonsense', 'query', 'pid']),
				sort: told({column: 'user', isReversed: true}),
			}),
		}).state;
		expect(settings.interval).toBe(5000);
		expect(screen.columns).toEqual(['pid', 'query']);
		expect(screen.sort).toEqual({column: 'user', isReversed: true});
	});

	test.each(['nonsense', 'cpu'])(
		'and the usual ones where %s is the only column, and the usual order by one that is none',
		id => {
			const moment = play({
				configuration: says('db1', {
					columns: told([id]),
					sort: told({column: 'nonsense', isReversed: true}),
				}),
			});
			expect(moment.state.screen.sort).toEqual(play().state.screen.sort);
			expect(moment.topText()).toBe(play().topText());
		},
	);

	test.each([
		['says so', {isReadOnly: told(true)}],
		['calls it production', {isProduction: told(true)}],
	])('k sends nothing where a section %s, and names it', (_, rules) => {
		const pressed = lookingAt(session, {configuration: says('db1', rules)}).types('k');
		expect(pressed.status()).toBe('read-only by the configuration: [server.db1]');
		expect(pressed.waits(60_000).signals()).toEqual([]);
	});

	test('nor where the file says so of every server, and names the line', () => {
		const all = {...noConfiguration, rules: {isReadOnly: told(true)}};
		expect(lookingAt(session, {configuration: all}).types('k').status()).toBe(
			'read-only by the configuration: line 7',
		);
	});

	test('--read-only is what is named where both say it', () => {
		const both = lookingAt(session, {
			isReadOnly: true,
			configuration: says('db1', {isReadOnly: told(true)}),
		});
		expect(both.types('k').status()).toMatch(/^read-only: pgtop was started with --read-only/);
	});
});

describe('a new connection', () => {
	const links = (moment: Play, names: {readonly hosts: readonly string[]}) =>
		moment.does({type: 'lost', why: 'gone'}).until('connect').waits(100).does({type: 'linked', names});

	test('puts the rules of the server in force that it leads to, and takes those of the one before away', () => {
		const moment = links(play({configuration: production}), shop);
		expect(moment.state.settings).toMatchObject({production: 'shop', isReadOnly: true});
		const {settings} = links(moment, {hosts: ['db1']}).state;
		expect(settings).toMatchObject({isReadOnly: false, confirm: 'auto'});
		expect(settings).not.toHaveProperty('production');
		expect(settings).not.toHaveProperty('readOnlyBy');
	});

	test('leaves interval, order and columns as they were chosen in the run', () => {
		const own = says('db2', {
			interval: told(5000),
			columns: told(['pid']),
			sort: told({column: 'user', isReversed: true}),
		});
		const before = play({configuration: own}).picture([session]).types('+>').types('o>\r');
		const after = links(before, {hosts: ['db2']});
		expect(after.state.settings.interval).toBe(before.state.settings.interval);
		expect(after.state.screen.columns).toBe(before.state.screen.columns);
		expect(after.state.screen.sort).toBe(before.state.screen.sort);
	});

	test('begins with interval, order and columns of its own where nothing was chosen in the run', () => {
		const own = says('db2', {
			interval: told(5000),
			columns: told(['pid', 'query']),
			sort: told({column: 'user', isReversed: true}),
		});
		const there = links(play({configuration: own}).picture([session]), {hosts: ['db2']});
		expect(there.state.settings.interval).toBe(5000);
		expect(there.topText()).toMatch(/ PID QUERY *$/);
		expect(there.state.screen.sort).toEqual({column: 'user', isReversed: true});
		const back = links(there, {hosts: ['db1']});
		expect(back.topText()).toBe(play().picture([session]).topText());
		expect(back.state.settings.interval).toBe(2000);
	});

	test('is not told why the one before would do nothing', () => {
		const refused = presses(
			lookingAt(session, {configuration: production, names: {hosts: ['db1'], clusterName: 'shop'}}),
		);
		expect(refused.status()).toBe('read-only by the configuration: [server.shop]');
		expect(links(refused, {hosts: ['db9']}).status()).toBe('');
	});
});

describe('another server without a new connection', () => {
	const looking = lookingAt(session, {configuration: production});
	const other = moved(looking);

	test('is asked for its names, and until they are there c and k do nothing', () => {
		expect(other.given('names')).toHaveLength(1);
		const pressed = presses(other);
		expect(pressed.status()).toBe("reading the server's name");
		expect(pressed.waits(1000).signals()).toEqual([]);
	});

	test('is obeyed once they are', () => {
		expect(answers(other).state.settings).toMatchObject({production: 'shop', isReadOnly: true});
		expect(presses(answers(other)).status()).toBe('read-only by the configuration: [server.shop]');
		const plain = answers(other, {hosts: ['db3'], clusterName: ''});
		expect(presses(plain).waits(50).signals()).toHaveLength(1);
	});

	test('is asked again with the next picture where it has not answered', () => {
		const failed = other.does({type: 'names-failed'});
		expect(failed.given('names')).toHaveLength(1);
		expect(presses(failed).status()).toBe("reading the server's name");
		const again = moved(failed);
		expect(again.given('names')).toHaveLength(2);
		expect(presses(answers(again)).status()).toMatch(/^read-only by /);
	});

	test('that has changed once more meanwhile is known by the last names alone', () => {
		const third = other.until('sample').picture([session], {server: {startedAt: noon + 1}});
		expect(third.given('names')).toHaveLength(2);
		const first = answers(third, {hosts: ['db3'], clusterName: ''});
		expect(presses(first).status()).toBe("reading the server's name");
		expect(answers(first).state.settings.production).toBe('shop');
	});

	test('closes an open question, and nothing is sent by the rules of the one before', () => {
		const asked = asks(session, 'k', {confirm: 'always', configuration: production});
		expect(isOpen(asked)).toBe(true);
		const closed = asked.until('sample').waits(500).types('y').picture([session], elsewhere);
		expect(isOpen(closed)).toBe(false);
		expect(closed.waits(60_000).signals()).toEqual([]);
	});

	test('is not asked where the configuration says nothing of any one server', () => {
		expect(moved(lookingAt(session)).given('names')).toEqual([]);
	});

	test('and a lost connection ends that: the next one brings names of its own', () => {
		const back = relinked(other).picture([session], elsewhere);
		expect(back.state.server).not.toHaveProperty('awaitedNames');
	});
});

test('a key that waited while the rules became stricter sends nothing', () => {
	const armed = lookingAt(session, {configuration: production}).types('k');
	const stricter = answers(armed);
	expect(stricter.waits(50).signals()).toEqual([]);
	expect(stricter.waits(50).status()).toBe('read-only by the configuration: [server.shop]');
});

test('nor does a y', () => {
	const asked = asks(session, 'k', {confirm: 'always', configuration: production}).waits(500).types('y');
	const stricter = answers(asked);
	expect(stricter.waits(50).signals()).toEqual([]);
	expect(stricter.waits(50).status()).toBe('read-only by the configuration: [server.shop]: nothing was sent');
});
