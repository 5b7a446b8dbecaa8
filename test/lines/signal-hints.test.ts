import {expect, test} from 'vitest';
import {textOf} from '../../source/lines/line.js';
import {bottomLines} from '../../source/lines/screen.js';
import {allRights, backend, noRights} from '../helpers/state/backend.js';
import {lookingAt, type Play} from '../helpers/state/play.js';

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
