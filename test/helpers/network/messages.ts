// What a server says, as PostgreSQL's protocol has it.

export const int32 = (value: number) => {
	const bytes = Buffer.alloc(4);
	bytes.writeInt32BE(value);
	return bytes;
};

export const int16 = (value: number) => int32(value).subarray(2);

/** A message of the protocol, of which the length is right. */
export const message = (type: string, ...parts: readonly (Uint8Array | string)[]) => {
	const body = Buffer.concat(parts.map(part => Buffer.from(part)));
	return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
};

/** What `message` makes, but for the length that it claims. */
export const claiming = (length: number, bytes: Buffer) =>
	Buffer.concat([bytes.subarray(0, 1), int32(length), bytes.subarray(5)]);

export const welcome = message('R', int32(0));
export const ready = message('Z', 'I');
export const cleartext = message('R', int32(3));
export const md5 = message('R', int32(5), 'salt');
export const sasl = (...mechanisms: readonly string[]) =>
	message('R', int32(10), ...mechanisms.map(name => `${name}\0`), '\0');
export const scram = sasl('SCRAM-SHA-256');
/** SCRAM's second and third message of the server. */
export const challenge = (text: string) => message('R', int32(11), text);
export const proof = (text: string) => message('R', int32(12), text);

export const failure = (severity: string, code: string, text: string) =>
	message('E', `S${severity}\0V${severity}\0C${code}\0M${text}\0`, '\0');
export const notice = (text: string) => message('N', `SWARNING\0VWARNING\0C01000\0M${text}\0`, '\0');

/** Of columns that hold texts. */
export const columns = (...names: readonly string[]) =>
	message(
		'T',
		int16(names.length),
		...names.map(name =>
			Buffer.concat([Buffer.from(`${name}\0`), Buffer.alloc(6), int32(25), Buffer.alloc(8)]),
		),
	);
export const row = (...values: readonly string[]) =>
	message(
		'D',
		int16(values.length),
		...values.map(value => Buffer.concat([int32(Buffer.byteLength(value)), Buffer.from(value)])),
	);
export const complete = (text: string) => message('C', `${text}\0`);

/** The answer to one statement with one row. */
export const answer = (name: string, value: string) =>
	Buffer.concat([columns(name), row(value), complete('SHOW')]);

const settings = {
	server_version: '15.4',
	server_version_num: '150004',
	max_connections: '100',
	server_encoding: 'UTF8',
	is_superuser: 'on',
	statement_timeout: '0',
	track_activity_query_size: '1kB',
	cluster_name: '',
};

/** The answer to what a new session is asked first. */
export const hello = Buffer.concat([
	...Object.entries(settings).map(([name, value]) => answer(name, value)),
	ready,
]);
