import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {openIntake} from '../../../../source/postgres/connect/wire/intake.js';
import {
	challenge,
	claiming,
	columns,
	complete,
	failure,
	hello,
	int16,
	int32,
	message,
	notice,
	ready,
	row,
	scram,
	welcome,
} from '../../../helpers/network/messages.js';

const greeting = Buffer.concat([
	notice('a warning before the login'),
	scram,
	challenge('r=nonce,s=c2FsdA==,i=4096'),
	welcome,
	message('S', 'server_version\x0015.4\0'),
	message('K', int32(4711), int32(-1)),
	ready,
]);
const session = Buffer.concat([
	hello,
	columns('a', 'b'),
	row('', 'zwei'),
	message('D', int16(2), int32(-1), int32(-1)),
	complete('SELECT 2'),
	failure('ERROR', '42501', 'permission denied'),
	message('Z', 'E'),
	message('A', int32(1), 'channel\0payload\0'),
	message('I'),
	message('N', '\0'),
	ready,
]);
const conversation = Buffer.concat([greeting, session]);

/** The same bytes in pieces that end there. */
function split(bytes: Buffer, ends: readonly number[]): readonly Buffer[] {
	const sorted = [...new Set([0, ...ends, bytes.length])].sort((one, other) => one - other);
	return sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
}

test('whole messages come out, however their bytes arrive', () => {
	fc.assert(
		fc.property(fc.array(fc.nat(conversation.length), {maxLength: 60}), ends => {
			const intake = openIntake();
			const out = split(conversation, ends).flatMap(chunk => intake.read(Buffer.from(chunk)));
			expect(Buffer.concat(out).equals(conversation)).toBe(true);
		}),
	);
});

test('one byte after the other, each message comes out with its last one', () => {
	const intake = openIntake();
	const lengths = [...conversation].flatMap((byte, index) =>
		intake.read(Buffer.of(byte)).map(whole => [whole.length, index + 1]),
	);
	let end = 0;
	for (const [length = 0, at] of lengths) {
		end += length;
		expect(at).toBe(end);
		expect(conversation.readUInt32BE(end - length + 1) + 1).toBe(length);
	}

	expect(end).toBe(conversation.length);
});

/** What a server has said when the message in question comes. */
const phases = {login: Buffer.alloc(0), greeting: welcome, session: Buffer.concat([welcome, ready])};

const bad: readonly (readonly [what: string, phase: keyof typeof phases, bytes: Buffer])[] = [
	['an error without an end', 'session', message('E', 'SERROR\0Mno end')],
	['an error of which the last text has no end', 'session', message('E', 'SERROR\0M')],
	['an error with something behind its end', 'session', message('E', 'SERROR\0\0more')],
	['an empty error', 'session', message('E')],
	['a notice without an end', 'login', message('N', 'SNOTICE\0')],
	['a length that does not count itself', 'session', claiming(3, ready)],
	['a length of nothing', 'session', claiming(0, ready)],
	['a length before the login that no request has', 'login', claiming(0x7fffffff, welcome)],
	['an authentication that is longer than any', 'login', message('R', int32(11), 'x'.repeat(1997))],
	['an authentication without its number', 'login', message('R', Buffer.of(0))],
	['a welcome with something behind it', 'login', message('R', int32(0), '\0')],
	['a request for a password with something behind it', 'login', message('R', int32(3), '\0')],
	['a request for md5 without a salt', 'login', message('R', int32(5))],
	['names of SCRAM without an end', 'login', message('R', int32(10), 'SCRAM-SHA-256\0')],
	['a setting before the welcome', 'login', message('S', 'a\0b\0')],
	['a row before the welcome', 'login', row('a')],
	['a ready before the welcome', 'login', ready],
	['a row before the session', 'greeting', row('a')],
	['a setting of one text', 'session', message('S', 'a\0')],
	['a setting of three', 'session', message('S', 'a\0b\0c\0')],
	['a setting of 30 kB', 'session', message('S', `a\0${'b'.repeat(30_000)}\0`)],
	['a key of 3 bytes', 'greeting', message('K', 'abc')],
	['another key in the session', 'session', message('K', int32(1), int32(1))],
	['a ready of no status', 'session', message('Z')],
	['a ready of an unknown status', 'session', message('Z', 'x')],
	['a row without columns', 'session', row('a')],
	['a row of more than its columns', 'session', Buffer.concat([columns('a'), row('a', 'b')])],
	['a row of fewer', 'session', Buffer.concat([columns('a', 'b'), row('a')])],
	['a row after its statement', 'session', Buffer.concat([columns('a'), complete('SELECT 0'), row('a')])],
	[
		'a value longer than its row',
		'session',
		Buffer.concat([columns('a'), message('D', int16(1), int32(9), 'a')]),
	],
	[
		'a value of a length below zero',
		'session',
		Buffer.concat([columns('a'), message('D', int16(1), int32(-2))]),
	],
	[
		'a row with something behind it',
		'session',
		Buffer.concat([columns('a'), message('D', int16(1), int32(1), 'ab')]),
	],
	['columns below zero', 'session', message('T', int16(-1))],
	['a column in binary', 'session', Buffer.concat([columns('a').subarray(0, -1), Buffer.of(1)])],
	['a welcome in the session', 'session', welcome],
	['fewer columns than it says', 'session', message('T', int16(3), columns('a').subarray(7))],
	['columns without an end', 'session', message('T', int16(1), 'name')],
	['a result without an end', 'session', message('C', 'SELECT')],
	['an empty query that says something', 'session', message('I', 'x')],
	['a notification of one text', 'session', message('A', int32(1), 'a\0')],
	['the begin of a COPY', 'session', message('G', Buffer.alloc(3))],
	['data of a COPY', 'session', message('d', 'x')],
	['a message that nobody knows', 'session', message('?', 'x')],
	['HTTP', 'login', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
	['SSH', 'login', Buffer.from('SSH-2.0-OpenSSH_9.2\r\n')],
];

test.each(bad)('%s is no answer, in the phase of the %s', (_, phase, bytes) => {
	const intake = openIntake();
	intake.read(phases[phase]);
	expect(() => intake.read(bytes)).toThrow('received invalid response');
});

describe('limits', () => {
	const mega = 1024 ** 2;
	const begun = () => {
		const intake = openIntake();
		intake.read(phases.session);
		return intake;
	};

	test('a message of 16 MB is read, and of one more byte not even its header', () => {
		const longest = message('D', int16(1), int32(16 * mega - 10), Buffer.alloc(16 * mega - 10));
		const intake = begun();
		intake.read(columns('a'));
		expect(Buffer.concat(intake.read(longest)).equals(longest)).toBe(true);
		expect(() => intake.read(claiming(16 * mega + 1, longest.subarray(0, 5)))).toThrow('message too long');
	});

	test.each(['T', 'D', 'E', 'N'])('a message %s of 2 GB is not waited for', type => {
		expect(() => begun().read(claiming(0x7fffffff, message(type)))).toThrow('message too long');
	});

	test.each([
		['rows', columns('a'), row('x'.repeat(1000))],
		['empty rows', columns('a'), row('')],
		['rows without columns', columns(), row()],
		['notices', Buffer.alloc(0), notice('again')],
		['settings', Buffer.alloc(0), message('S', 'TimeZone\0UTC\0')],
		['statements', Buffer.alloc(0), complete('SELECT 0')],
		['descriptions', Buffer.alloc(0), columns('a')],
		['the ends of answers', Buffer.alloc(0), ready],
	])('%s without an end come to one before they fill the memory', (_, before, again) => {
		const intake = begun();
		intake.read(before);
		const many = Buffer.concat(Array.from({length: 1000}, () => again));
		let taken = 0;
		expect(() => {
			for (;;) taken += Buffer.concat(intake.read(many)).length;
		}).toThrow('answer too long');
		expect(taken).toBeLessThanOrEqual(64 * mega);
	});

	test('what a login trigger says may be long', () => {
		const intake = openIntake();
		const said = [welcome, notice('x'.repeat(40_000)), failure('FATAL', 'P0001', 'y'.repeat(40_000))];
		expect(Buffer.concat(intake.read(Buffer.concat(said))).equals(Buffer.concat(said))).toBe(true);
		expect(() => openIntake().read(said[1] as Buffer)).toThrow('received invalid response');
	});

	test('an answer to something that was written later has its own limit', () => {
		const intake = begun();
		const text = notice('x'.repeat(10 * mega));
		for (let answers = 0; answers < 20; answers++) {
			intake.wrote();
			expect(intake.read(Buffer.concat([text, text]))).toHaveLength(1);
		}
	});
});
