import type {Actor} from './actor.js';

type Statement = readonly [text: string, values?: () => readonly unknown[]];

/** Statements that belong together are one transaction. */
type Work = readonly Statement[];

const upTo = (limit: number) => 1 + Math.floor(Math.random() * limit);
const customer = () => upTo(200);
const product = () => upTo(300);
// Few enough, so that two sessions want the same row now and then.
const bestseller = () => upTo(3);

const checkout: readonly Work[] = [
	[
		['update stock set on_hand = on_hand - $2 where product_id = $1', () => [bestseller(), upTo(3)]],
		[
			'insert into orders (customer_id, currency, total) values ($1, $2, $3) returning id',
			() => [customer(), 'EUR', upTo(400)],
		],
	],
	[['select authorize_payment(order_id => $1, amount => $2)', () => [upTo(2000), upTo(400)]]],
	[["update orders set status = 'paid' where id = $1 and status = 'new'", () => [2000 + upTo(200)]]],
];

const cart: readonly Work[] = [
	[
		[
			'insert into cart_items (customer_id, product_id, quantity) values ($1, $2, $3) on conflict (customer_id, product_id) do update set quantity = cart_items.quantity + excluded.quantity',
			() => [customer(), product(), upTo(4)],
		],
	],
	[['delete from cart_items where customer_id = $1', () => [customer()]]],
	[
		[
			'select p.name, p.price, i.quantity from cart_items i join catalog p on p.id = i.product_id where i.customer_id = $1',
			() => [customer()],
		],
	],
];

const storefront: readonly Work[] = [
	[
		[
			'select id, name, price, is_available from catalog where price between $1 and $2 order by price limit 24',
			() => [upTo(40), 60],
		],
	],
	[['select * from catalog where id = $1', () => [product()]]],
	[
		[
			'select id, total, status, placed_at from order_history where customer_id = $1 order by placed_at desc limit 10',
			() => [customer()],
		],
	],
];

// A little real work for the processor.
const recommend = `
select l.product_id, count(*) as together
  from order_lines l
  join order_lines mine using (order_id)
 where mine.product_id = $1
 group by l.product_id
 order by together desc
 limit 8`.trim();

const search: readonly Work[] = [
	[
		[
			"select id, name, price from catalog where description ilike '%' || $1 || '%' order by price limit 20",
			() => ['blue'],
		],
	],
	[[recommend, () => [product()]]],
	[["select distinct name from catalog where name ilike $1 || '%' order by name limit 8", () => ['la']]],
];

const invoicer: readonly Work[] = [
	[["select id, amount from invoices where status = 'open' order by id limit 50"]],
	[
		["select id, total from orders where status = 'paid' order by placed_at limit 1 for update skip locked"],
		['select authorize_payment(order_id => $1, amount => $2)', () => [upTo(2000), upTo(400)]],
	],
];

/** The many short statements of a busy shop. */
export const shoppers: readonly Actor[] = [
	...times(3, 'api', 'checkout', checkout, 0.25),
	...times(2, 'api', 'cart', cart, 0.25),
	...times(3, 'web', 'storefront', storefront, 0.25),
	...times(1, 'web', 'search', search, 0.7),
	...times(1, 'billing', 'invoicer', invoicer, 1.2),
];

function times(
	count: number,
	user: string,
	application: string,
	works: readonly Work[],
	pause: number,
): Actor[] {
	return Array.from({length: count}, () => ({
		user,
		application,
		async play({ask, rest}) {
			const work = works[upTo(works.length) - 1] ?? [];
			const isTransaction = work.length > 1;
			if (isTransaction) {
				await ask('begin');
			}

			for (const [text, values] of work) {
				await ask(text, values?.());
			}

			if (isTransaction) {
				await ask('commit');
			}

			await rest(pause * 2 * Math.random());
		},
	}));
}
