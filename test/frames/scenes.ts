import {type Configuration, noConfiguration} from '../../source/domain/configuration/rules.js';
import type {Size} from '../../source/domain/list/window.js';
import type {Backend} from '../../source/domain/session/backend.js';
import {clean} from '../../source/domain/text/clean.js';
import {
	backend,
	cutAt1kB,
	day,
	hour,
	idleBackend,
	invisible,
	minute,
	noon,
	noRights,
	ownPid,
	processOf,
	second,
	withText,
} from '../helpers/state/backend.js';
import {down, end, home, type Play, play, up} from '../helpers/state/play.js';
import {blockedScenes} from './blocked-scenes.js';
import {lockScenes} from './lock-scenes.js';

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

/** The server is production: nothing is signalled there. */
const production: Configuration = {
	...noConfiguration,
	sections: [{name: 'db1', rules: {isProduction: {value: true, from: 'line 1'}}}],
};

const started = (size: Size, configuration = noConfiguration) =>
	play({size, configuration})
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

const names = [
	'会計',
	'東京営業所データベース',
	'Zürich',
	'👩‍💻🚀',
	'한국어',
	'e\u0301lise',
	'🇨🇭 café',
	'ｆｕｌｌ',
	'ไทย',
	'ישראל',
];

const worldwide = names.map((name, index) =>
	backend(4500 + index, {
		user: clean(name),
		database: clean(`${name}_店`),
		application: clean(`app ${name}`),
		age: (index + 1) * 7 * second,
		query: clean(`SELECT '${name}' -- ${name.repeat(20)}`),
	}),
);

const controls = [
	'\u001B]2;pwned\u0007',
	'\u001B]52;c;cHduZWQ=\u001B\\',
	'\u001B[2J\u001B[H',
	'\u001Bc\u001B[?1049l',
	'\u009B2J\u009D2;pwned\u009C',
	'\u202Edeppord\u202C\u2066',
	'\n\r\n\u000B\f\u0085\u2028',
	'\b\b\u007F\u0007\u000E',
	'\u200B\uFEFF\u00AD\u{E0041}',
	'\uD800\u0301\u0301\uFFFD',
];

/** Everything that a terminal could do something with, in every text that a session can have. */
const hostile = controls.map((text, index) =>
	backend(4600 + index, {
		user: clean(text),
		database: clean(`x${text}x`),
		application: clean(text.repeat(3)),
		state: clean(index % 2 === 0 ? 'active' : `state${text}`),
		wait: {type: clean(text), name: clean(text)},
		age: (index + 1) * second,
		query: clean(`${text}SELECT 1${text}`),
	}),
);

/** As little as a server may tell of a process. */
const nulls = [
	invisible(4700, {user: undefined, database: undefined, application: undefined, kind: 'unknown'}),
	invisible(4701, {database: undefined}),
	processOf(4702, 'client backend', {userId: undefined}),
	processOf(4703, 'what nobody has heard of'),
	backend(4704, {state: 'dreaming', wait: {type: 'Nap', name: 'Deep'}}),
	backend(4705, {
		state: 'disabled',
		xactStart: undefined,
		queryStart: undefined,
		stateChange: undefined,
		query: '',
	}),
];

/** PostgreSQL 10 calls parallel workers and others background workers, and names no leader. */
const onTen = [
	backend(4800, {age: 90 * second, query: 'SELECT count(*) FROM orders'}),
	processOf(4801, 'background worker', {
		state: 'active',
		age: 89 * second,
		query: 'SELECT count(*) FROM orders',
	}),
	processOf(4802, 'background worker'),
	processOf(4803, 'autovacuum launcher', {wait: {type: 'Activity', name: 'AutoVacuumMain'}}),
	processOf(4804, 'walsender', {kind: 'walsender', user: 'replica', state: 'active', query: ''}),
];

/** 18 shows logins that are under way, and workers that do nothing but I/O. */
const onEighteen = [
	backend(4800, {age: 90 * second, query: 'SELECT count(*) FROM orders'}),
	backend(4801, {
		type: 'parallel worker',
		leaderPid: 4800,
		age: 89 * second,
		query: 'SELECT count(*) FROM orders',
	}),
	backend(4802, {
		state: 'starting',
		user: undefined,
		database: undefined,
		application: '',
		query: '',
		age: second,
	}),
	processOf(4803, 'io worker', {wait: {type: 'Activity', name: 'IoWorkerMain'}}),
	processOf(4804, 'slotsync worker', {wait: {type: 'Activity', name: 'ReplicationSlotsyncMain'}}),
	processOf(4805, 'autovacuum worker', {
		state: 'active',
		database: 'shop',
		age: 3 * minute,
		query: 'autovacuum: VACUUM public.orders (to prevent wraparound)',
	}),
];

const ofPlain = [
	backend(4900, {
		user: 'plain',
		userId: 20,
		application: 'psql',
		age: 95 * second,
		query: 'SELECT pg_sleep(600)',
	}),
	invisible(4901),
	invisible(4902, {user: 'postgres', userId: 12, database: 'postgres'}),
	idleBackend(4903, {user: 'plain', userId: 20}),
];

const rightsOfPlain = {...noRights, owners: {10: 'other', 12: 'superuser', 20: 'own'}} as const;

/** A role with nothing granted, on a server that answers and logs more or less than usual. */
function plainRole(size: Size): Play {
	const why = 'permission denied for view pg_stat_database';
	const circumstances = {at: noon, missing: [{part: 'counters', why, isForNow: false}]} as const;
	const started = play({size}).picture(ofPlain, circumstances);
	return select(started.has({...rightsOfPlain, loggedBy: 'log_statement = all'}), 4900);
}

const indexing = backend(4388, {
	user: 'postgres',
	wait: {type: 'IPC', name: 'SyncRep'},
	query: 'CREATE INDEX CONCURRENTLY ON orders (customer_id)',
});

/** From the details, and the audit file can't be written: as many reasons as there may be at once. */
function everyReason(size: Size): Play {
	const opened = select(play({size}).picture([indexing, doomed], {at: noon}), 4388)
		.types('\r')
		.reads(indexing);
	const asked = opened.presses('k').reads(indexing).draws().waits(500).presses('y');
	const number = asked.signals().at(-1)?.number ?? 0;
	return asked
		.does({type: 'unrecorded', numbers: [number], why: 'no space left on device'})
		.reads(indexing, {reasons: ['comment']})
		.draws();
}

/** The session of an open question has gone on since. */
function moved(size: Size): Play {
	const before = backend(4211, {state: 'idle in transaction', query: "UPDATE orders SET status = 'paid'"});
	const after = backend(4211, {age: second, query: 'SELECT 1'});
	const asked = select(play({size, confirm: 'always'}).picture([before, doomed], {at: noon}), 4211)
		.looksAtIt()
		.presses('k');
	return asked.reads(before).draws().until('facts').reads(after, {xid: '4711'}).draws();
}

/** Three are tagged: one matches the filter that came afterwards, one has ended since. */
function tagged(size: Size, isAscii = false): Play {
	const started = play({size, isAscii})
		.picture([...trouble, doomed], {counters, at: noon})
		.waits(500);
	const three = [4410, 4402, 4388].reduce(
		(moment, pid) => select(moment.types(home), pid).types(' '),
		started,
	);
	return three
		.types('/')
		.types('state:idletx\r')
		.types(down)
		.waits(2500)
		.picture(trouble, {counters: later, at: noon + 2 * second});
}

/** All of them match a filter, are tagged, and asked about; one waits for the standby, one goes on, one ends. */
function taggedQuestion(size: Size): Play {
	const three = [4411, 4412, 4413].map(pid =>
		backend(pid, {user: 'web', state: 'idle in transaction', age: (pid - 4400) * minute}),
	);
	const [first = doomed, next = doomed, third = doomed] = three;
	const committing = backend(4401, {user: 'postgres', query: 'COMMIT', wait: {type: 'IPC', name: 'SyncRep'}});
	const all = [...three, committing, backend(4407)];
	return play({size})
		.picture(all, {counters, at: noon})
		.types('/')
		.types('shop\r')
		.waits(1100)
		.types('T')
		.waits(100)
		.presses('k')
		.readsAll(all, {4411: {xid: '4711'}})
		.draws()
		.until('facts')
		.readsAll([first, {...next, xactStart: noon}, third, committing])
		.draws();
}

/** Everything that a person has to look at once, in review. */
export const scenes: Readonly<Record<string, (size: Size) => Play>> = {
	...lockScenes,
	...blockedScenes,
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
	password: size => {
		const refusal = {
			type: 'link-failed',
			why: 'password authentication failed for user "dba"',
			isFinal: true,
			passwordFor: 'dba@db1:5432/shop',
		} as const;
		return inTrouble(size)
			.does({type: 'lost', why: 'db1:5432 closed the connection'})
			.until('connect')
			.does(refusal)
			.waits(12_000)
			.presses('r')
			.does(refusal)
			.draws()
			.types('geheim');
	},
	empty: size => play({size}).picture([], {at: noon}),
	one: size => play({size}).picture([doomed], {at: noon}),
	worldwide: size => play({size}).picture(worldwide, {at: noon}),
	hostile: size => play({size}).picture(hostile, {at: noon}),
	nulls: size => play({size}).picture(nulls, {at: noon}).types('a'),
	ten: size =>
		play({size})
			.picture(onTen, {at: noon, server: {version: '10.23', major: 10}})
			.types('a'),
	eighteen: size =>
		play({size})
			.picture(onEighteen, {at: noon, server: {version: '18.4', major: 18}})
			.types('a'),
	unprivileged: size =>
		select(
			play({size})
				.picture(ofPlain, {at: noon - second, counters})
				.has(rightsOfPlain)
				.picture(ofPlain, {at: noon, counters: later}),
			4900,
		),
	plain: plainRole,
	alerts: size => plainRole(size).types('!'),
	signals: size => inTrouble(size).types('L'),
	pane: size => select(inTrouble(size), 4211, up).types(size.rows < 34 ? 'v' : ''),
	ascii: size =>
		select(play({size, isAscii: true}).picture([...trouble, doomed], {counters, at: noon}), 4211),
	details: size => {
		const waiting = trouble.find(({pid}) => pid === 4388);
		if (!waiting) throw new Error('there is no session 4388');
		return inTrouble(size)
			.types('\r')
			.reads(waiting, {
				text: "UPDATE orders SET status = 'paid' WHERE id = 4711",
				at: noon + 2 * second,
				xid: '4711',
				xminAge: 19,
				clientPort: 51_122,
				clientHostname: 'web1.example.com',
			});
	},
	'plain-details': size => {
		const opened = select(plainRole(size), 4902).types('\r');
		return opened.reads(invisible(4902, {user: 'postgres', userId: 12, database: 'postgres'}));
	},
	'wide-details': size => {
		const wide = backend(4388, {
			user: 'ユーザ名',
			database: '日本語データベース',
			application: 'ลำ🐘',
			query: '漢字'.repeat(40),
		});
		return select(play({size}).picture([wide], {at: noon}), 4388)
			.types('\r')
			.reads(wide, {text: '漢字'.repeat(40), at: noon});
	},
	'cut-details': size => {
		const cut = withText(backend(4388, {query: `SELECT ${'column_name, '.repeat(20)}`}), cutAt1kB);
		const text = `SELECT ${'column_name,\n       '.repeat(20)}c`;
		return select(play({size}).picture([cut, doomed], {at: noon}), 4388)
			.types('\r')
			.reads(cut, {text, at: noon, xminAge: 52});
	},
	nothing: size =>
		play({size, isReadOnly: true}).picture([invisible(4388), invisible(4402, {user: 'hr'})], {at: noon}),
	production: size => select(started(size, production), 4388).looksAtIt().types('k'),
	many: size => play({size}).picture(many, {at: noon}).types(end).draws().waits(300),
	refused: size => select(started(size), 4401).looksAtIt().types('k'),
	question: size => {
		const session = backend(4401, {
			user: 'postgres',
			application: 'psql',
			age: 400_000,
			wait: {type: 'IPC', name: 'SyncRep'},
			query: 'COMMIT',
		});
		const asked = select(started(size), 4401).looksAtIt().types('k').waits(50);
		return asked.reads(session, {xid: '4711'}).draws();
	},
	'question-reasons': everyReason,
	'question-moved': moved,
	filter: size => inTrouble(size).types('/').types('db=shop user:api >1m'),
	'filter-mistake': size => inTrouble(size).types('/').types('user:api >5x'),
	'filter-kept': size => inTrouble(size).types('/').types('-user:api\r').draws().waits(2500),
	sort: size => inTrouble(size).types('s').types('x'),
	columns: size => inTrouble(size).types('o').types(down).types(down).types(' ').types('>'),
	reading: size => select(started(size), 4401).looksAtIt().presses('k'),
	tagged,
	'tagged-question': taggedQuestion,
	'tagged-ascii': size => tagged(size, true),
	'tagged-tree': size => select(tagged(size).types('\u001B').waits(300).types('t').types(home), 4211),
	help: size => inTrouble(size).types('?'),
	'help-end': size => inTrouble(size).types('?').types(end),
	small: size => started({columns: 80, rows: 24}).types(down).does({type: 'resized', size}),
	'small-k': size =>
		started({columns: 80, rows: 24}).types(down).does({type: 'resized', size}).waits(60).types('k'),
};
