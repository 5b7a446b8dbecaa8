import {generateKeyPairSync, type KeyObject, randomBytes, sign} from 'node:crypto';
import {isIPv4} from 'node:net';

// Keys made here open nothing but the throw-away servers of a test, and are gone with them.
// Written out in DER, because Node reads certificates and makes none, and openssl(1) is not everywhere.

export type Certificate = {
	readonly pem: string;
	readonly key: KeyObject;
	/** The key as PEM; with a passphrase it is encrypted. */
	keyPem(passphrase?: string): string;
	readonly serial: Buffer;
};

export type Authority = Pick<Certificate, 'pem'> & {
	issue(name: string, options?: IssueOptions): Certificate;
	/** A list that revokes these. */
	revoke(...certificates: readonly Certificate[]): string;
};

export type IssueOptions = {
	/** Other names: of hosts, and addresses. */
	readonly hosts?: readonly string[];
	/** In days from now: one in the past has expired. */
	readonly days?: number;
	readonly hash?: Hash;
};

type Hash = 'sha256' | 'sha384';

const day = 24 * 60 * 60 * 1000;

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
	const body = Buffer.concat(parts);
	if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
	return Buffer.concat([Buffer.from([tag, 0x82, body.length >> 8, body.length & 0xff]), body]);
}

const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const integer = (bytes: Uint8Array) => der(0x02, bytes);
const bits = (bytes: Uint8Array) => der(0x03, Buffer.of(0), bytes);
const octets = (bytes: Uint8Array) => der(0x04, bytes);
const yes = der(0x01, Buffer.of(0xff));
const tagged = (number: number, ...parts: readonly Uint8Array[]) => der(0xa0 + number, ...parts);

function identifier(text: string): Buffer {
	const [first = 0, second = 0, ...others] = text.split('.').map(Number);
	const bytes = others.flatMap(part => {
		const digits = [part & 0x7f];
		for (let rest = part >> 7; rest > 0; rest >>= 7) digits.unshift((rest & 0x7f) | 0x80);
		return digits;
	});
	return der(0x06, Buffer.from([first * 40 + second, ...bytes]));
}

/** UTCTime, good until 2049. */
const time = (inDays: number) =>
	der(
		0x17,
		Buffer.from(`${new Date(Date.now() + inDays * day).toISOString().replaceAll(/\D/g, '').slice(2, 14)}Z`),
	);

const nameOf = (common: string) =>
	sequence(der(0x31, sequence(identifier('2.5.4.3'), der(0x0c, Buffer.from(common)))));

const ecdsaWith: Readonly<Record<Hash, Buffer>> = {
	sha256: sequence(identifier('1.2.840.10045.4.3.2')),
	sha384: sequence(identifier('1.2.840.10045.4.3.3')),
};

const signed = (body: Buffer, key: KeyObject, hash: Hash) =>
	sequence(body, ecdsaWith[hash], bits(sign(hash, body, key)));

const pemOf = (label: string, body: Buffer) =>
	`-----BEGIN ${label}-----\n${body.toString('base64').replaceAll(/.{64}(?=.)/g, '$&\n')}\n-----END ${label}-----\n`;

function addressBytes(host: string): Buffer {
	if (isIPv4(host)) return Buffer.from(host.split('.').map(Number));
	const [head = '', tail = ''] = host
		.split('::')
		.map(part => part.split(':').filter(Boolean))
		.map(groups => groups.map(group => group.padStart(4, '0')).join(''));
	return Buffer.from(head + tail.padStart(32 - head.length, '0'), 'hex');
}

const isAddress = (host: string) => /^[\d.]+$|:/.test(host);

const alternative = (host: string) =>
	isAddress(host) ? der(0x87, addressBytes(host)) : der(0x82, Buffer.from(host));

const isAuthority = sequence(identifier('2.5.29.19'), yes, octets(sequence(yes)));

const alternatives = (hosts: readonly string[]) =>
	sequence(identifier('2.5.29.17'), octets(sequence(...hosts.map(alternative))));

type Issuer = {readonly name: string; readonly key: KeyObject};

function certificate(
	name: string,
	issuer: Issuer | undefined,
	{hosts = [], days = 2, hash = 'sha256'}: IssueOptions,
): Certificate {
	const {publicKey, privateKey: key} = generateKeyPairSync('ec', {namedCurve: 'P-256'});
	// Positive, and never twice the same.
	const serial = Buffer.concat([Buffer.of(1), randomBytes(8)]);
	const extensions = [...(issuer ? [] : [isAuthority]), ...(hosts.length > 0 ? [alternatives(hosts)] : [])];
	const body = sequence(
		tagged(0, integer(Buffer.of(2))),
		integer(serial),
		ecdsaWith[hash],
		nameOf(issuer?.name ?? name),
		sequence(time(Math.min(0, days) - 1), time(days)),
		nameOf(name),
		publicKey.export({type: 'spki', format: 'der'}),
		...(extensions.length > 0 ? [tagged(3, sequence(...extensions))] : []),
	);
	return {
		pem: pemOf('CERTIFICATE', signed(body, issuer?.key ?? key, hash)),
		key,
		serial,
		keyPem: passphrase =>
			key.export({
				type: 'pkcs8',
				format: 'pem',
				...(passphrase !== undefined && {cipher: 'aes-256-cbc', passphrase}),
			}) as string,
	};
}

/** An authority of its own, that nobody else trusts. */
export function makeAuthority(name: string): Authority {
	const own = certificate(name, undefined, {});
	const issuer = {name, key: own.key};
	return {
		pem: own.pem,
		issue: (common, options = {}) => certificate(common, issuer, options),
		revoke(...certificates) {
			const revoked = certificates.map(({serial}) => sequence(integer(serial), time(-1)));
			const body = sequence(
				integer(Buffer.of(1)),
				ecdsaWith.sha256,
				nameOf(name),
				time(-1),
				time(2),
				sequence(...revoked),
			);
			return pemOf('X509 CRL', signed(body, own.key, 'sha256'));
		},
	};
}
