import {createHash, pbkdf2} from 'node:crypto';
import {promisify} from 'node:util';
import type {Client} from 'pg';
import pgCrypto from 'pg/lib/crypto/utils.js';
import {isRaw, toBytes, withoutCharacters} from '../../../domain/text/raw-text.js';

function md5(...parts: readonly Uint8Array[]): string {
	try {
		return createHash('md5').update(Buffer.concat(parts)).digest('hex');
	} catch {
		throw new Error('the server asks for md5, which OpenSSL does not allow on this machine');
	}
}

// node-postgres hashes a text as UTF-8. These functions hash the bytes that the text came from; for UTF-8 they are the same.
Object.assign(pgCrypto, {
	deriveKey: async (password: string, salt: Uint8Array, iterations: number) =>
		promisify(pbkdf2)(toBytes(password), salt, iterations, 32, 'sha256'),
	postgresMd5PasswordHash: async (user: string, password: string, salt: Uint8Array) =>
		`md5${md5(Buffer.from(md5(toBytes(password), toBytes(user))), salt)}`,
});

/** A message of the protocol: its type, where it has one, its length, a head, and strings that each end with a zero byte. */
function message(type: string, head: Uint8Array, texts: readonly string[]): Buffer {
	const strings = texts.flatMap(text => [toBytes(text), Buffer.of(0)]);
	const body = Buffer.concat([head, ...strings]);
	const length = Buffer.alloc(4);
	length.writeInt32BE(body.length + 4);
	return Buffer.concat([Buffer.from(type), length, body]);
}

const version = Buffer.of(0, 3, 0, 0);

/** What SASLprep maps to nothing (RFC 3454, table B.1). */
const mappedToNothing =
	/^(?:\u00AD|\u034F|\u1806|[\u180B-\u180D]|[\u200C\u200D]|\u2060|[\uFE00-\uFE0F]|\uFEFF)+$/;

/** SASLprep, in libpq and on the server, leaves two kinds of passwords alone: those that are not all UTF-8, and those of which nothing would be left. */
export const passwordForPg = (password: string) =>
	isRaw(password) || mappedToNothing.test(password) ? withoutCharacters(password) : password;

/** Lets a client send names and passwords as the bytes that they came from. */
export function sendBytes({connection}: Client, startup: Readonly<Record<string, string>>): void {
	const {stream} = connection;
	Object.assign(connection, {
		startup: () => stream.write(message('', version, [...Object.entries(startup).flat(), ''])),
		password: (password: string) =>
			stream.writable && stream.write(message('p', Buffer.alloc(0), [password])),
	});
}
