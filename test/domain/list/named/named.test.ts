import {expect, test} from 'vitest';
import {columnNamed} from '../../../../source/domain/list/named/column-named.js';
import {columnsNamed} from '../../../../source/domain/list/named/columns-named.js';
import {sortNamed} from '../../../../source/domain/list/named/sort-named.js';
import {columns} from '../../../../source/views/sessions/columns.js';

const names =
	'pid user db app client type leader state wait time xact since qage sage cpu mem xid xmin query-id blocks blocker lage query';

test.each([
	['pid', 'pid'],
	['PID', 'pid'],
	['Db', 'database'],
	['database', 'database'],
	[' query id ', 'query-id'],
	['query-id', 'query-id'],
	['', undefined],
	['constructor', undefined],
	['-pid', undefined],
])('%j names the column %s', (text, id) => {
	expect(columnNamed(text, columns)?.id).toBe(id);
});

test('every column is named by its id and by its title, and no two by the same', () => {
	for (const {id, title} of columns) {
		expect(columnNamed(id, columns)?.id).toBe(id);
		expect(columnNamed(title, columns)?.id).toBe(id);
	}
});

test.each([
	[['pid', 'DB', 'query'], {type: 'columns', ids: ['pid', 'database', 'query']}],
	[[], {type: 'wrong', why: 'no column is named'}],
	[['pid', ''], {type: 'wrong', why: `there is no column "": ${names}`}],
	[['pid', 'PID '], {type: 'wrong', why: '"PID" is named twice'}],
	[['uesr'], {type: 'wrong', why: 'there is no column "uesr": did you mean user?'}],
	[['\u001B[2J'], {type: 'wrong', why: `there is no column "\\u001b[2J": ${names}`}],
])('the columns %j', (names, found) => {
	expect(columnsNamed(names, columns)).toEqual(found);
});

test.each([
	['time', {type: 'sort', sort: {column: 'time', isReversed: false}}],
	['-DB', {type: 'sort', sort: {column: 'database', isReversed: true}}],
	['query', {type: 'wrong', why: 'nothing is sorted by QUERY'}],
	['--time', {type: 'wrong', why: 'there is no column "-time": did you mean time?'}],
	['', {type: 'wrong', why: `there is no column "": ${names}`}],
])('sorted by %j', (text, found) => {
	expect(sortNamed(text, columns)).toEqual(found);
});
