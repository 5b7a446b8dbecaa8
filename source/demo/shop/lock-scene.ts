import type {Actor} from './actor.js';

/** Someone reads invoices, which takes no time unless somebody wants to change the table. */
const invoicePage = (after: number): Actor => ({
	user: 'web',
	application: 'invoice-page',
	async play({ask, rest}) {
		await rest(after);
		await ask(`select status, amount from invoices where customer_id = ${40 + after}`);
		await rest(1);
	},
});

/** Someone went to lunch with a transaction open: one session waits for it, and two wait behind that one. A migration waits for all who write invoices, and whoever only reads them waits behind it. The scene forms anew whoever is ended. */
export const lockScene: readonly Actor[] = [
	{
		user: 'billing',
		application: 'psql',
		async play({ask, rest}) {
			await ask('begin');
			await ask("update invoices set status = 'disputed' where id = 1041");
			// Not for ever: an open transaction keeps vacuum from removing anything.
			await rest(240);
			await ask('commit');
			await rest(3);
		},
	},
	{
		user: 'billing',
		application: 'payments',
		async play({ask, rest}) {
			await rest(0.2);
			await ask('begin');
			await ask('update customers set credit = credit + 61 where id = 41');
			await ask("update invoices set status = 'paid' where id = 1041");
			await ask('commit');
			await rest(1);
		},
	},
	{
		user: 'api',
		application: 'reminders',
		async play({ask, rest}) {
			await rest(0.5);
			await ask('update invoices set reminded_at = now() where id = 1041');
			await rest(1);
		},
	},
	{
		user: 'web',
		application: 'account-page',
		async play({ask, rest}) {
			await rest(0.5);
			await ask('select name, credit from customers where id = 41 for update');
			await rest(1);
		},
	},
	{
		user: 'etl',
		application: 'migration',
		async play({ask, rest}) {
			await rest(1.5);
			await ask("alter table invoices alter column status set default 'open'");
			await rest(2);
		},
	},
	...[2, 3, 4].map(invoicePage),
];
