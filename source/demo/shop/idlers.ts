import type {Actor} from './actor.js';

/** Sessions that are connected, and silent most of the time. */
export const idlers: readonly Actor[] = [
	idler('postgres', 'pgAdmin 4', 'select datname, datconnlimit from pg_database order by datname'),
	idler('analyst', 'DBeaver', 'select * from orders order by placed_at desc limit 200'),
	idler('web', 'storefront', 'select 1'),
	idler('api', 'healthcheck', 'select count(*) from customers'),
];

function idler(user: string, application: string, text: string): Actor {
	return {
		user,
		application,
		async play({ask, rest}) {
			await ask(text);
			await rest(20 + 100 * Math.random());
		},
	};
}
