import type {Backend} from '../../source/domain/backend.js';
import type {Size} from '../../source/domain/list/window.js';
import {clean} from '../../source/domain/text/clean.js';
import {
	backend,
	day,
	hour,
	idleBackend,
	invisible,
	minute,
	noon,
	ownPid,
	processOf,
	second,
} from '../helpers/backend.js';
import {down, end, type Play, play, up} from '../helpers/play.js';

const counters = {commits: 1000, rollbacks: 0, blocksHit: 9000, blocksRead: 1000};
const later = {commits: 4600, rollbacks: 1, blocksHit: 18_920, blocksRead: 1080};

const doomed = backend(4410, {user: 'web', age: 2 * minute + 11 * second, query: 'SELECT pg_sleep(600)'});

/** What a DBA finds at 3 a.m. */
const trouble: readonly Backend[] = [
	backend(52_871, {
		user: 'billing_batch',
		database: 'shop_archive',
		application: 'nightly-report',
		client: '2001:db8:85a3::8a2e:370:7334',
		age: 3 * day + 4 * hour,
		wait: {type: 'IO', name: 'DataFileRead'},
		query: "SELECT count(*) FROM orders_archive WHERE created_at < now() - interval '7 years'",
	}),
	backend(4402, {
		state: 'idle in transaction (aborted)',
		age: hour + 2 * minute,
		wait: {type: 'Client', name: 'ClientRead'},
		query: 'SELECT 1/0',
	}),
	backend(4211, {
		state: 'idle in transaction',
		age: 14 * minute + 2 * second,
		wait: {type: 'Client', name: 'ClientRead'},
		query: "UPDATE orders SET status = 'paid'",
	}),
	backend(4388, {
		age: 4 * minute + 12 * second,
		wait: {type: 'Lock', name: 'transactionid'},
		query: "UPDATE orders SET status = 'paid' WHERE id = 4711",
	}),
	backend(4416, {
		user: '会計',
		database: '店舗データ',
		application: '会計アプリ',
		age: 70 * second,
		query: "SELECT 名前, 価格 FROM 注文 WHERE 状態 = '支払済' -- 😀",
	}),
	backend(4415, {
		user: clean('a\u001B[31mb\u202E'),
		application: clean('\u001B]0;pwned\u0007psql'),
		age: 30 * second,
		query: clean('\u001B[2J\u001B[H\u009B31m /* \u0007 */\tDELETE\r\n  FROM e\u0301te\u0301; \u200F'),
	}),
	backend(4417, {user: 'loader', age: 12 * second, state: 'fastpath function call', query: ''}),
	backend(4401, {
		user: 'postgres',
		application: 'psql',
		client: 'local',
		age: 400_000,
		wait: {type: 'IPC', name: 'SyncRep'},
		query: 'COMMIT',
	}),
	idleBackend(4403, {
		user: 'web',
		age: 20 * minute,
		wait: {type: 'Client', name: 'ClientRead'},
		query: 'COMMIT',
	}),
	invisible(4420, {user: 'hr', database: 'payroll', application: ''}),
	backend(4412, {
		type: 'parallel worker',
		leaderPid: 52_871,
		user: 'billing_batch',
		database: 'shop_archive',
		age: 3 * minute,
		wait: {type: 'IO', name: 'DataFileRead'},
		query: 'SELECT count(*) FROM orders_archive',
	}),
	processOf(51, 'checkpointer', {wait: {type: 'Activity', name: 'CheckpointerMain'}}),
	backend(ownPid, {user: 'dba', application: 'pgtop', age: 1000}),
];

const started = (size: Size) =>
	play({size})
		.picture([...trouble, doomed], {counters, at: noon})
		.waits(500);

const select = (moment: Play, pid: number, key = down): Play => {
	let so = moment.types(key);
	while (so.selected() !== pid) so = so.types(key);
	return so;
};

/** 4410 has just been ended, and 4388 is selected next. */
function inTrouble(size: Size): Play {
	const ended = select(started(size), 4410)
		.looksAtIt()
		.types('k')
		.waits(50)
		.sends()
		.until('look')
		.waits(60)
		.sees();
	const gone = select(ended.picture(trouble, {counters: later, at: noon + 2 * second}), 4388, up);
	return gone.draws().waits(300);
}

const many = Array.from({length: 5000}, (_, index) =>
	backend(100_000 + index, {user: `api_${index % 7}`, age: (5000 - index) * second}),
);

/** Everything that a person has to look at once, in review. */
export const scenes: Readonly<Record<string, (size: Size) => Play>> = {
	start: size => play({size}),
	trouble: inTrouble,
	background: size => select(inTrouble(size).types('a'), 51),
	hidden: size => select(started(size), 4403).types('i').looksAtIt().waits(2000).picture(trouble, {at: noon}),
	lost: size =>
		inTrouble(size)
			.does({type: 'lost', why: 'db1:5432 closed the connection'})
			.waits(100)
			.until('connect')
			.does({type: 'link-failed', why: 'db1:5432 refused the connection'})
			.waits(12_000),
	empty: size => play({size}).picture([], {at: noon}),
	nothing: size =>
		play({size, isReadOnly: true}).picture([invisible(4388), invisible(4402, {user: 'hr'})], {at: noon}),
	many: size => play({size}).picture(many, {at: noon}).types(end).draws().waits(300),
	refused: size => select(started(size), 4401).looksAtIt().types('k'),
	help: size => inTrouble(size).types('?'),
	'help-end': size => inTrouble(size).types('?').types(end),
	small: size => started({columns: 80, rows: 24}).types(down).does({type: 'resized', size}),
	'small-k': size =>
		started({columns: 80, rows: 24}).types(down).does({type: 'resized', size}).waits(60).types('k'),
};
