import {expect, test} from 'vitest';
import {textOf} from '../../source/lines/line.js';
import {bottomLines} from '../../source/lines/screen.js';
import {allRights, backend, idleBackend, noRights} from '../helpers/state/backend.js';
import {down, lookingAt, type Play, play} from '../helpers/state/play.js';

const footer = ({state}: Play) => bottomLines(state).map(textOf).at(-1) ?? '';

const others = backend(4388, {userId: 11});
const looking = lookingAt(others);

test('the footer offers c and k where this role may signal', () => {
	expect(footer(looking)).toMatch(/^c cancel {2}k end {2}/);
	expect(footer(looking.has(allRights))).toMatch(/^c cancel {2}k end {2}/);
});

test('it offers neither on a row that this role may not signal, and the server has the last word', () => {
	const denied = looking.has({...noRights, owners: {11: 'other'}});
	expect(denied.line(4388)).toMatch(/^>- /);
	expect(footer(denied)).toMatch(/^Enter details/);
	expect(denied.presses('k').signals()).toHaveLength(1);
});

test('it offers what is left when one of both functions is revoked', () => {
	const revoked = {terminate: ['pg_catalog.pg_terminate_backend(integer, bigint)']};
	expect(footer(looking.has({...allRights, isSuperuser: false, revoked}))).toMatch(/^c cancel {2}Enter/);
});

test('in the details, too', () => {
	const details = looking.types('\r').reads(others);
	expect(footer(details)).toMatch(/^c cancel {2}k end {2}/);
	expect(footer(details.has({...noRights, owners: {11: 'other'}}))).toMatch(/^Tab next {2}Esc back/);
});

test('with tags it counts for how many of them each key would do something, even with nothing selected', () => {
	const idle = idleBackend(4390);
	const foreign = backend(4391, {userId: 11});
	const three = play()
		.picture([foreign, others, idle])
		.types(down)
		.types(' ')
		.types(' ')
		.types(' ')
		.types('\u001B')
		.waits(300);
	expect(three.selected()).toBeUndefined();
	expect(footer(three)).toMatch(/^c cancel 2 {2}k end 3 {2}U untag {2}/);
	const denied = three.has({...noRights, owners: {10: 'own', 11: 'other'}});
	expect(footer(denied)).toMatch(/^k end 1 {2}U untag/);
});

test('where nothing that is tagged has a query there is nothing to cancel', () => {
	const asleep = play()
		.picture([idleBackend(4390)])
		.types(down)
		.types(' ');
	expect(footer(asleep)).toMatch(/^k end 1 {2}U untag/);
});

test('without a connection tags can only be taken away', () => {
	const lost = play().picture([others]).types(down).types(' ').does({type: 'lost', why: 'gone'});
	expect(footer(lost)).toMatch(/^U untag/);
});

test('Space is offered on what it tags, T where a filter is in force, and neither where nothing may be signalled', () => {
	const size = {columns: 200, rows: 24};
	const selected = play({size}).picture([others]).types(down);
	expect(footer(selected)).toContain('Space tag  i hide idle');
	expect(footer(selected.types('\u001B').waits(300))).not.toContain('Space tag');
	expect(footer(selected.types('/').types('user:api\r'))).toContain('Space tag  T tag matches');
	const readOnly = play({size, isReadOnly: true}).picture([others]).types(down);
	expect(footer(readOnly.types('/').types('user:api\r'))).not.toContain('tag');
});
