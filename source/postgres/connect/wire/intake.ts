import {columnsOf, isWellFormed} from './message-body.js';

/** The order of a session: before the server lets us in, until it is ready, and from then on. */
type Phase = 'login' | 'greeting' | 'session';

/** What a server may say in each phase, by the letters of the messages. */
const allowedTypes: Readonly<Record<Phase, string>> = {
	login: 'REN',
	greeting: 'RSKENZ',
	session: 'SENZTDCIA',
};

/** How many bytes a message may have, without its letter. The first three numbers are libpq's. Nothing that pgtop asks for is as long as the last one. */
const shortestError = 8;
const longestRequest = 2000;
const longestShort = 30_000;
const longestMessage = 16 * 1024 ** 2;

/** How much may come in answer to what was written last: bytes, and `costs` besides. */
const longestAnswer = 64 * 1024 ** 2;

/** What a message and each of its columns count besides their bytes: even an empty one becomes an object. */
const costs: Readonly<Record<string, readonly [message: number, column: number]>> = {
	C: [1000, 0],
	// A row becomes objects, which are drawn beside those before, and may be kept: there is room for 14,000 sessions.
	D: [1000, 160],
	T: [1000, 200],
};
const usualCost = [100, 0] as const;

/** The letter, and four bytes of a length that counts them and not the letter. */
const headerLength = 5;

const nothing = Buffer.alloc(0);

// `clientSideOf` has the sentences for these.
const invalid = () => new Error('received invalid response');
const tooLong = () => new Error('message too long');
const tooMuch = () => new Error('answer too long');

function longestOf(type: string, phase: Phase): number {
	if (type === 'R') return longestRequest;
	const long = {login: '', greeting: 'EN', session: 'TDEN'}[phase];
	return long.includes(type) ? longestMessage : longestShort;
}

/** How long the message at the beginning of `bytes` is, in bytes. Its header must be there. */
function lengthOf(bytes: Buffer, phase: Phase): number {
	const type = String.fromCharCode(bytes[0] ?? 0);
	const length = bytes.readUInt32BE(1);
	if (!allowedTypes[phase].includes(type) || length < headerLength - 1) throw invalid();
	if (length > longestOf(type, phase))
		throw longestOf(type, phase) === longestMessage ? tooLong() : invalid();
	return 1 + length;
}

/** A server that can't begin a process for us says so in the old protocol: a letter, a text, a zero byte. */
const isOldError = (bytes: Buffer, phase: Phase) =>
	phase === 'login' &&
	bytes[0] === 0x45 &&
	(bytes.readUInt32BE(1) < shortestError || bytes.readUInt32BE(1) > longestShort);

/** Throws the server's words, or returns how many bytes are needed to go on. */
function readOldError(bytes: Buffer): number {
	const end = bytes.indexOf(0, 1);
	if (end < 0 && bytes.length < longestShort) return bytes.length + 1;
	throw end < 0
		? invalid()
		: Object.assign(new Error(bytes.toString('utf8', 1, end).trim()), {severity: 'FATAL'});
}

export type Intake = {
	/** The whole messages in these bytes and in those before. Throws at what no server says. */
	read(chunk: Buffer): readonly Buffer[];
	/** Tells that something was written: what comes now is the answer to it. */
	wrote(): void;
};

/**
Takes a server's bytes apart before node-postgres reads them: it trusts every length, and looks for ends that may be missing.

Only a message that is not whole yet is kept, after its length was checked.
*/
export function openIntake(): Intake {
	let phase: Phase = 'login';
	let columns = -1;
	let cost = 0;
	/** As long as the bytes needed to go on; the first `filled` of them are there. */
	let pending: Buffer = nothing;
	let filled = 0;

	const keep = (bytes: Buffer, needed: number) => {
		pending = Buffer.allocUnsafe(needed);
		filled = bytes.copy(pending);
	};

	const check = (message: Buffer) => {
		const type = String.fromCharCode(message[0] ?? 0);
		const body = message.subarray(headerLength);
		if (!isWellFormed(type, body, columns)) throw invalid();
		if (type === 'T') columns = columnsOf(body);
		const [own, perColumn] = costs[type] ?? usualCost;
		cost += message.length + own + perColumn * Math.max(0, columns);
		if (cost > longestAnswer) throw tooMuch();
		if (type === 'C' || type === 'Z') columns = -1;
		if (type === 'Z') phase = 'session';
		else if (type === 'R' && phase === 'login' && body.readInt32BE(0) === 0) phase = 'greeting';
	};

	/** How many bytes from the beginning are whole messages; keeps the rest. */
	const readWhole = (bytes: Buffer): number => {
		let at = 0;
		while (at < bytes.length) {
			const rest = bytes.subarray(at);
			if (rest.length < headerLength) {
				keep(rest, headerLength);
				break;
			}

			const length = isOldError(rest, phase) ? readOldError(rest) : lengthOf(rest, phase);
			if (rest.length < length) {
				keep(rest, length);
				break;
			}

			check(rest.subarray(0, length));
			at += length;
		}

		return at;
	};

	return {
		read(chunk) {
			const whole: Buffer[] = [];
			let rest = chunk;
			while (rest.length > 0) {
				let bytes = rest;
				rest = nothing;
				if (filled > 0) {
					const taken = bytes.copy(pending, filled);
					rest = bytes.subarray(taken);
					filled += taken;
					if (filled < pending.length) break;
					bytes = pending;
					filled = 0;
				}

				const length = readWhole(bytes);
				if (length > 0) whole.push(bytes.subarray(0, length));
			}

			return whole;
		},
		wrote() {
			cost = 0;
		},
	};
}
