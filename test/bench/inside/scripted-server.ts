import {once} from 'node:events';
import {type AddressInfo, createServer, type Socket} from 'node:net';
import type {ServerAddress} from '../../../source/demo/open-client.js';
import {parts, partTable} from '../../../source/postgres/parts.js';
import {backendsText} from '../../../source/postgres/queries/backends.js';
import {firstClock, lastClock} from '../../../source/postgres/queries/parts/facts.js';
import {
	complete,
	failure,
	hello,
	int16,
	int32,
	message,
	ready,
	welcome,
} from '../../helpers/network/messages.js';
import {backendRows, type Cell, noon, second} from './backend-rows.js';

/** Types, as the catalogue numbers them: pg reads each in its own way. */
const types = {bool: 16, int8: 20, int4: 23, text: 25, oid: 26, xid: 28} as const;

type Type = keyof typeof types;

/** As `backendColumns` has them. */
const backendTypes: readonly Type[] = [
	...(['int4', 'int4', 'text', 'oid', 'oid', 'text', 'text', 'text', 'text', 'text', 'int4'] as const),
	...(['int8', 'int8', 'int8', 'int8', 'text', 'text', 'text', 'text', 'int4', 'int8'] as const),
	...(['int8', 'xid', 'xid'] as const),
];

const description = (columns: readonly Type[]) =>
	message(
		'T',
		int16(columns.length),
		...columns.map(type =>
			Buffer.concat([Buffer.from('c\0'), Buffer.alloc(6), int32(types[type]), Buffer.alloc(8)]),
		),
	);

const row = (cells: readonly Cell[]) =>
	message(
		'D',
		int16(cells.length),
		...cells.flatMap(cell => {
			if (cell === null) return [int32(-1)];
			const bytes = Buffer.from(String(cell));
			return [int32(bytes.length), bytes];
		}),
	);

const result = (columns: readonly Type[], rows: readonly Buffer[]) =>
	Buffer.concat([description(columns), ...rows, complete(`SELECT ${rows.length}`)]);

/** As `hello` says it is. */
const major = 15;

const ownPid = 9999;

/** What the statement for the sessions has besides, by what is on the screen. The idle sessions here have no text. */
const idleTexts = / or \(s\.state = 'idle' and s\.pid = any\('\{[\d,]*\}'::int4\[\]\)\)/g;

/** The answer to one statement of a picture, by its text. */
function script(count: number): (statement: string) => Buffer {
	let pictures = 0;
	const kept = new Map<number, Buffer>();
	const clock = () => noon + pictures * second;
	const one = (columns: readonly Type[], ...cells: readonly Cell[]) => result(columns, [row(cells)]);
	const answers = new Map<string, () => Buffer>();
	const say = (text: string, answer: () => Buffer) => answers.set(text.trim(), answer);
	say(firstClock, () => {
		pictures++;
		return one(['int8', 'int4'], clock(), ownPid);
	});
	say(lastClock, () => one(['int8'], clock() + 2000));
	say(backendsText(major, parts), () =>
		result(
			backendTypes,
			backendRows(count, pictures).map(({index, cells, isNew}) => {
				const bytes = (isNew ? undefined : kept.get(index)) ?? row(cells());
				kept.set(index, bytes);
				return bytes;
			}),
		),
	);
	const stated = (part: keyof typeof partTable) => {
		const {text} = partTable[part] as {text?(told: {major: number}): string};
		return text?.({major}) ?? '';
	};
	say(stated('recovery'), () => one(['bool', 'bool'], 'f', 'f'));
	say(stated('start'), () => one(['int8'], noon - 3600 * second));
	say(stated('zone'), () => one(['text', 'text', 'int4'], 'UTC', 'UTC', 0));
	say(stated('self'), () => one(['text', 'text'], 'dba', 'shop'));
	say(stated('counters'), () =>
		one(
			['int8', 'int8', 'int8', 'int8', 'int8', 'int8', 'int8', 'int8', 'bool', 'int8'],
			...[
				pictures * 1000,
				pictures,
				pictures * 50_000,
				pictures * 10,
				0,
				0,
				0,
				noon - 3600 * second,
				'f',
				null,
			],
		),
	);
	say(stated('wal'), () => one(['text'], `0/${(0x3000000 + pictures * 4096).toString(16).toUpperCase()}`));
	say(stated('nextXid'), () => one(['int8'], 755 + pictures * 1000));
	say(stated('limits'), () =>
		one(
			Array.from({length: 9}, () => 'text'),
			...['3', null, '3', '200000000', '400000000', '1600000000', '1600000000', '-1', ''],
		),
	);
	say(stated('wraparound'), () => one(['text', 'int4', 'int4'], 'shop', 750, 0));
	say(stated('receiver'), () => one(['bool', 'int8', 'text', 'text', 'int4'], 'f', null, null, null, null));
	say(stated('archiver'), () => one(['text', 'int8', 'int8', 'text', 'int8'], 'off', null, null, null, 0));
	// Nobody waits for a lock: what stands before and behind the locks is the clock.
	say(stated('locks'), () => result(['int8'], [row([clock()]), row([clock() + 200])]));
	for (const part of ['slots', 'standbys', 'prepared', 'relations', 'vacuums'] as const)
		say(stated(part), () => result([], []));
	return statement => {
		if (/^(?:begin|set|commit)\b/.test(statement)) return complete('SET');
		return (
			answers.get(statement.replaceAll(idleTexts, ''))?.() ??
			failure('ERROR', '42601', `not in the script: ${statement}`)
		);
	};
}

/** The answer to what stands in one message. */
const reply = (answer: (statement: string) => Buffer, text: string): readonly Buffer[] =>
	text.startsWith('show ')
		? [hello]
		: [
				...text
					.split(';')
					.map(statement => statement.trim())
					.map(answer),
				ready,
			];

function serve(socket: Socket, answer: (statement: string) => Buffer): void {
	let heard = Buffer.alloc(0);
	let isIn = false;
	socket.on('error', () => {});
	socket.on('data', bytes => {
		heard = Buffer.concat([heard, bytes]);
		for (;;) {
			// The first message has no type.
			const from = isIn ? 1 : 0;
			const end = heard.length < from + 4 ? Infinity : from + heard.readInt32BE(from);
			if (heard.length < end) return;
			const text = heard.toString('utf8', from + 4, end - 1);
			const isQuery = heard[0] === 0x51;
			const isForTls = !isIn && end === 8;
			heard = heard.subarray(end);
			if (isForTls) socket.write('N');
			else if (!isIn) socket.write(Buffer.concat([welcome, ready]));
			else if (isQuery) for (const part of reply(answer, text)) socket.write(part);
			isIn ||= !isForTls;
		}
	});
}

export type ScriptedServer = ServerAddress & {close(): void};

/** A server without processes: it answers what a refresh asks with so many sessions, of which some are new in each picture. */
export async function startScriptedServer(count: number): Promise<ScriptedServer> {
	const sockets = new Set<Socket>();
	const server = createServer({noDelay: true}, socket => {
		sockets.add(socket);
		serve(socket, script(count));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		host: '127.0.0.1',
		port: (server.address() as AddressInfo).port,
		close() {
			server.close();
			for (const socket of sockets) socket.destroy();
		},
	};
}
