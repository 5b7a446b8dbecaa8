/*
Slow work in the shop sleeps inside a function, a view or a trigger. So the texts stay those of a shop, and the machine stays idle.
*/

export const people = `
create role api login;
create role web login;
create role billing login;
create role analyst login;
create role etl login;
alter role etl set vacuum_cost_delay = 40;
alter role etl set vacuum_cost_limit = 20;`;

export const schema = `
create function pace(seconds double precision) returns void
	language plpgsql parallel safe
	as $$ begin perform pg_sleep(seconds * (0.2 + 1.6 * random())); end $$;

create function paced() returns trigger
	language plpgsql
	as $$ begin perform pace(tg_argv[0]::double precision); return new; end $$;

create table customers (
	id int generated always as identity primary key,
	name text not null,
	credit numeric(10, 2) not null default 1000);
create table products (
	id int generated always as identity primary key,
	name text not null,
	price numeric(10, 2) not null,
	description text not null);
create table stock (
	product_id int primary key references products,
	on_hand int not null);
create table cart_items (
	customer_id int references customers,
	product_id int references products,
	quantity int not null,
	primary key (customer_id, product_id));
create table orders (
	id int generated always as identity primary key,
	customer_id int not null references customers,
	currency text not null,
	total numeric(10, 2) not null,
	status text not null default 'new',
	placed_at timestamptz not null default now()) with (parallel_workers = 2);
create index on orders (customer_id, placed_at);
create table order_lines (
	order_id int not null,
	product_id int not null,
	quantity int not null,
	price numeric(10, 2) not null,
	primary key (order_id, product_id));
create table invoices (
	id int primary key,
	customer_id int not null references customers,
	amount numeric(10, 2) not null,
	status text not null default 'open',
	reminded_at timestamptz);

insert into customers (name)
	select 'Customer ' || n from generate_series(1, 200) n;
insert into products (name, price, description)
	select (array['Lamp', 'Chair', 'Table', 'Shelf'])[1 + n % 4] || ' ' || n, 5 + n % 90, 'a ' || (array['blue', 'green', 'red'])[1 + n % 3] || ' thing for the home'
	from generate_series(1, 300) n;
insert into stock select id, 1000000 from products;
insert into orders (customer_id, currency, total, status, placed_at)
	select 1 + n % 200, (array['EUR', 'USD', 'GBP'])[1 + n % 3], 10 + n % 400, 'shipped', now() - n * interval '20 minutes'
	from generate_series(1, 2000) n;
insert into invoices (id, customer_id, amount)
	select 1000 + n, n, 20 + n from generate_series(1, 100) n;

create trigger pace before insert on cart_items for each row execute procedure paced('0.1');
create trigger pace before insert on orders for each row execute procedure paced('0.3');
create trigger pace before update on stock for each row execute procedure paced('0.25');

create view catalog as
	select p.*, s.on_hand > 0 as is_available from products p join stock s on s.product_id = p.id cross join pace(0.3);
create view order_history as
	select o.*, c.name from orders o join customers c on c.id = o.customer_id cross join pace(0.2);

create function authorize_payment(order_id int, amount numeric) returns boolean
	language plpgsql
	as $$ begin perform pace(0.8); return true; end $$;
create function exchange_rate(currency text, day date) returns numeric
	language plpgsql cost 1000
	as $$ begin perform pace(0.12); return case currency when 'USD' then 0.92 when 'GBP' then 1.17 else 1 end; end $$;
create function fraud_score(order_id int) returns numeric
	language plpgsql cost 10000 parallel safe
	as $$ begin perform pace(0.06); return (order_id * 7919 % 1000) / 1000.0; end $$;

grant all on all tables in schema public to api, web, billing, analyst, etl;
alter table order_lines owner to etl;
alter table invoices owner to etl;`;
