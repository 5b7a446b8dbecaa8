import type {Actor} from './actor.js';

const revenue = `
select date_trunc('day', placed_at) as day,
       currency,
       sum(total * exchange_rate(currency, placed_at::date)) as revenue_eur
  from orders
 where placed_at >= date_trunc('month', now()) - interval '3 months'
 group by day, currency
 order by day, currency`.trim();

// The slow function stands in the filter, so the planner has to leave it to the workers.
const fraud = `
select id, customer_id, total
  from orders
 where placed_at > now() - interval '30 days'
   and fraud_score(id) > 0.97
 order by total desc
 limit 50`.trim();

const importLines = `
insert into order_lines (order_id, product_id, quantity, price)
select o.id, p.id, 1 + p.id % 3, p.price
  from orders o
  join products p on p.id % 10 = o.id % 10
 where o.id between $1 and $2`.trim();

/** What takes its time: a report of minutes, a parallel query, a bulk import that never ends, a vacuum of its table. */
export const slowWork: readonly Actor[] = [
	{
		user: 'analyst',
		application: 'metabase',
		async play({ask, rest}) {
			await ask('set max_parallel_workers_per_gather = 0');
			await ask(revenue);
			await rest(5);
		},
	},
	{
		user: 'analyst',
		application: 'fraud-model',
		async play({ask}) {
			await ask('set parallel_setup_cost = 0');
			await ask(fraud);
		},
	},
	{
		user: 'etl',
		application: 'nightly-import',
		async play({ask, rest}) {
			for (let first = 1; first < 2000; first += 40) {
				await ask('begin');
				await ask('delete from order_lines where order_id between $1 and $2', [first, first + 39]);
				await ask(importLines, [first, first + 39]);
				await ask('commit');
				await rest(1);
			}
		},
	},
	{
		user: 'etl',
		application: 'nightly-vacuum',
		async play({ask, rest}) {
			await rest(2);
			await ask('vacuum (analyze) order_lines');
		},
	},
];
