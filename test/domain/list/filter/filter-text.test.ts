import {expect, test} from 'vitest';
import {filterText} from '../../../../source/domain/list/filter/filter-text.js';
import {parseFilter} from '../../../../source/domain/list/filter/parse-filter.js';
import {tableWords} from './table-words.js';

test.each([
	['', ''],
	['  a   b ', 'a b'],
	['"a" "a b"', 'a "a b"'],
	['NAME:x name="y"', 'name:x name=y'],
	['time>300 time<1.5h', '>5m <90m'],
	['set>0.5s set>0', 'set>500ms set>0s'],
	['12:34 x::int "-x"', '12:34 "x::int" "-x"'],
	['-"x" -~/a\\/b c/', '-x -~/a\\/b c/'],
])('%s is written %s', (typed, written) => {
	const parsed = parseFilter(typed, tableWords);
	expect(parsed.type === 'filter' && filterText(parsed.filter)).toBe(written);
});
