import {describe, expect, test} from 'vitest';
import {textOf} from '../../../source/lines/line.js';
import {plainText} from '../../../source/lines/plain.js';
import {tableRows} from '../../../source/lines/screen.js';
import {backend, hour, idleBackend, minute, noRights, second} from '../../helpers/state/backend.js';
import {down, play} from '../../helpers/state/play.js';

const words = (line = '') => line.trim().replace(/\s+/g, ' ');
const titlesOf = (text: string) => words(text.split('\n').at(-1));
const sessions = [backend(1, {age: minute, user: 'zoe'}), backend(2, {age: hour, user: 'amy'})];
/** Other columns than usual, in another order: the last is an age. */
const others = play({columns: ['database', 'user', 'query', 'pid', 'time']}).picture(sessions);
const rowsOf = ({state}: typeof others) => tableRows(state).map(textOf);

test('at first no columns are chosen, and the list is sorted by TIME', () => {
	const {screen} = play().state;
	expect(screen.columns).toBeUndefined();
	expect(screen.sort).toEqual({column: 'time', isReversed: false});
});

describe('where other columns are shown', () => {
	test('titles and rows have these, in this order', () => {
		expect(titlesOf(others.topText())).toBe('DB USER QUERY PID TIME▼');
		expect(words(rowsOf(others)[0])).toMatch(/^shop amy UPDATE.*~ 2 1h00m$/);
	});

	test('every line has the width of the terminal, and QUERY what is left, wherever it stands', () => {
		for (const row of rowsOf(others)) expect(row).toHaveLength(80);
		expect(rowsOf(others)[0]).toMatch(/ 1h00m$/);
		expect(titlesOf(play({columns: ['pid', 'user']}).topText())).toBe('PID USER');
	});

	test('mark and flag stand before the first column, whatever it is', () => {
		const marked = others.has(noRights).types(down);
		expect(rowsOf(marked)[0]).toMatch(/^>-shop {5}amy /);
		expect(rowsOf(marked)[1]).toMatch(/^ -shop {5}zoe /);
		expect(others.topText().split('\n').at(-1)).toMatch(/^ {2}DB {7}USER /);
	});

	test('the word of a row does not take the place of a number that stands alone', () => {
		const alone = play({columns: ['pid']})
			.picture(sessions)
			.types(down)
			.types('/')
			.types('user:zoe\r');
		expect(words(rowsOf(alone)[0])).toBe('> not in filter 2');
	});

	test('they give way from the right, but never QUERY', () => {
		const narrow = others.does({type: 'resized', size: {columns: 54, rows: 24}});
		expect(titlesOf(narrow.topText())).toBe('DB USER QUERY PID TIME▼');
	});

	test('< and > go through these, in this order, leave out QUERY, and go on with those that are not shown', () => {
		const sorted = (keys: string) => titlesOf(others.types(keys).topText());
		expect(sorted('<')).toBe('DB USER QUERY PID▲ TIME');
		expect(sorted('<<')).toBe('DB USER▲ QUERY PID TIME');
		expect(sorted('<<<')).toBe('DB▲ USER QUERY PID TIME');
		expect(others.types('<<').rows()).toEqual(['2', '1']);
		expect(others.types('<<').status()).toMatch(/^sorted by USER: role of the session/);
		const unseen = others.types('>').types('p');
		expect(titlesOf(unseen.topText())).toBe('DB USER QUERY PID TIME');
		expect(unseen.types('p').status()).toBe('sorted by APP, a column that is not shown');
	});

	test('a list sorted by a column that is not shown stays so', () => {
		const hidden = play({columns: ['pid', 'user', 'query']}).picture(sessions);
		expect(hidden.rows()).toEqual(['2', '1']);
		expect(titlesOf(hidden.topText())).toBe('PID USER QUERY');
		expect(hidden.status()).toBe('sorted by TIME, a column that is not shown');
	});

	test('the word of a session that has gone begins QUERY, as there is no STATE', () => {
		const gone = play({columns: ['pid', 'query', 'user']})
			.picture(sessions)
			.types(down)
			.picture([backend(1, {age: minute, user: 'zoe'}), idleBackend(3, {age: second})]);
		expect(gone.rows()).toEqual(['2 gone', '1']);
		expect(words(rowsOf(gone)[0])).toMatch(/^> ?2 gone UPDATE.* amy$/);
	});

	test('plain output has them, too', () => {
		const text = plainText(others.state, undefined);
		expect(words(text.split('\n').find(line => line.startsWith('  DB')))).toBe('DB USER QUERY PID TIME▼');
		expect(text.split('\n').filter(line => line.startsWith('  shop'))).toHaveLength(2);
	});
});
