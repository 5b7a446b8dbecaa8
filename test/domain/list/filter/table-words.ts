import fc from 'fast-check';
import {untold} from '../../../../source/domain/list/comparable.js';
import type {FilterTerm} from '../../../../source/domain/list/filter/filter.js';
import type {FilterWords} from '../../../../source/domain/list/filter/filter-words.js';
import {noon, second} from '../../../helpers/state/backend.js';
import {type Table, table} from '../made-up.js';

/** What can be asked of what is no session. */
export const tableWords: FilterWords<Table> = {
	fields: [
		{name: 'name', match: 'inside', text: ({name}) => name},
		{name: 'part', match: 'start', text: ({partOf}) => partOf},
		{
			name: 'kind',
			match: 'whole',
			text: ({isSystem}) => (isSystem ? 'system' : 'user'),
			allowed: ['user', 'system'],
		},
		{name: 'oid', match: 'whole', text: ({oid}) => String(oid), isNumber: true},
		{
			name: 'comment',
			match: (wanted, text) => text.endsWith(wanted),
			equals: (wanted, text) => text === `${wanted}!`,
			text: ({comment, isDenied}) => (isDenied ? untold : comment),
		},
	],
	clocks: {
		time: ({vacuumedAt}, {at}) => (vacuumedAt === undefined ? undefined : at - vacuumedAt),
		set: ({vacuumedAt}) => (vacuumedAt === undefined ? undefined : '?'),
	},
	plain: [({name}) => name, ({isSystem}) => (isSystem ? 'system' : undefined)],
	number: ({oid}) => oid,
	regexText: ({comment, isDenied}) => (isDenied ? untold : comment),
};

const anyText = fc.oneof(
	fc.string({minLength: 1}),
	fc.string({minLength: 1, unit: 'binary'}),
	fc.string({
		minLength: 1,
		unit: fc.constantFrom('"', '\\', ' ', '\n', ':', '=', '-', '>', '/', '~', 'a', 'é'),
	}),
	fc.constantFrom('-', '--', '>5m', '~/', '~/a/', '__proto__', 'name:x', 'a::b', 'a://b', '\\', '\\"', '"'),
	fc.constantFrom('\u001B[2J', '😀', '\uD83D', '\u00A0', '\u2028', 'x y'.repeat(3500)),
);

const anySigned = fc.record({
	type: fc.constant('field' as const),
	isNot: fc.boolean(),
	sign: fc.constantFrom(':' as const, '=' as const),
});

/** Texts of terms that can be typed. */
export const anyTerm: fc.Arbitrary<FilterTerm> = fc.oneof(
	fc.record({type: fc.constant('any' as const), isNot: fc.boolean(), text: anyText}),
	fc
		.tuple(anySigned, fc.constantFrom('name', 'part', 'comment'), anyText)
		.map(([term, name, text]) => ({...term, name, text})),
	fc
		.tuple(anySigned, fc.constantFrom('user', 'system', 'SYSTEM'))
		.map(([term, text]) => ({...term, name: 'kind', text})),
	fc.tuple(anySigned, fc.bigInt()).map(([term, oid]) => ({...term, name: 'oid', text: String(oid)})),
	fc.record({
		type: fc.constant('clock' as const),
		isNot: fc.boolean(),
		name: fc.constantFrom('time', 'set'),
		sign: fc.constantFrom('<' as const, '>' as const),
		micros: fc.oneof(
			fc.nat(),
			fc.nat(100).map(seconds => seconds * second),
			fc.nat({max: 8.64e15}),
		),
	}),
	fc.record({
		type: fc.constant('regex' as const),
		isNot: fc.boolean(),
		pattern: fc.constantFrom('a', 'a b', '\\/', '\\\\\\/', '^a|b$', '"', '-', '\\-', '\\p{L}', '[:]', ' '),
	}),
);

/** Few words, so that they are found now and then. */
export const anyTable = fc
	.record(
		{
			name: fc.constantFrom('orders', 'Order_items', 'été', '42'),
			oid: fc.constantFrom(42, 43),
			vacuumedAt: fc.constantFrom(noon, noon - second, noon - 60 * second),
			partOf: fc.constantFrom('orders', 'items'),
			isDenied: fc.constant(true as const),
			isSystem: fc.constant(true as const),
			comment: fc.constantFrom('of orders', 'all orders, été', 'x'),
		},
		{requiredKeys: ['name', 'oid']},
	)
	.map(({name, ...facts}) => table(name, facts));

const anyWord = fc.constantFrom('order', 'S', 'été', '42', '4', 'x', 'orders', 'of orders', 'items');

/** A term that some of those rows match. */
export const aptTerm: fc.Arbitrary<FilterTerm> = fc.oneof(
	fc.record({type: fc.constant('any' as const), isNot: fc.boolean(), text: anyWord}),
	fc
		.tuple(anySigned, fc.constantFrom('name', 'part', 'kind', 'oid', 'comment', 'none'), anyWord)
		.map(([term, name, text]) => ({...term, name, text})),
	fc.record({
		type: fc.constant('clock' as const),
		isNot: fc.boolean(),
		name: fc.constantFrom('time', 'set', 'none'),
		sign: fc.constantFrom('<' as const, '>' as const),
		micros: fc.constantFrom(0, second, 30 * second),
	}),
	fc.record({
		type: fc.constant('regex' as const),
		isNot: fc.boolean(),
		pattern: fc.constantFrom('^of', 's$', 'unknown'),
	}),
);
