import {lookUp} from '../../domain/text/look-up.js';
import {type Attempt, addressOf} from '../connect/connect-target.js';
import type {Tls} from '../connect/settings/tls-settings.js';

/** What is wrong with a certificate, by OpenSSL's names as Node.js has them. */
const certificateWords: Readonly<Record<string, string>> = {
	CERT_CHAIN_TOO_LONG: 'its chain is too long',
	CERT_HAS_EXPIRED: 'it has expired',
	CERT_NOT_YET_VALID: 'it is not valid yet',
	CERT_REJECTED: 'it may not be used for this',
	CERT_REVOKED: 'it was revoked',
	CERT_SIGNATURE_FAILURE: 'its signature is wrong',
	CERT_UNTRUSTED: 'its authority is not trusted for this',
	CRL_HAS_EXPIRED: 'the revocation list has expired',
	CRL_NOT_YET_VALID: 'the revocation list is not valid yet',
	CRL_SIGNATURE_FAILURE: 'the signature of the revocation list is wrong',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
	INVALID_CA: 'who issued it is no authority',
	INVALID_PURPOSE: 'it is not for servers',
	PATH_LENGTH_EXCEEDED: 'its chain is longer than its authority allows',
	SELF_SIGNED_CERT_IN_CHAIN: 'its authority is not known',
	UNABLE_TO_GET_CRL: 'there is no revocation list of its authority',
	UNABLE_TO_GET_ISSUER_CERT: 'its authority is not known',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is not known',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its authority is not known',
};

/** What a server says of our own certificate, by the end of the alert's name. */
const refusedCertificate: Readonly<Record<string, string>> = {
	ACCESS_DENIED: 'it is not let in',
	BAD_CERTIFICATE: 'it is broken, or not one for this server',
	CERTIFICATE_EXPIRED: 'it has expired',
	CERTIFICATE_REVOKED: 'it was revoked',
	CERTIFICATE_UNKNOWN: 'it is not accepted',
	DECRYPT_ERROR: 'its signature is wrong',
	UNKNOWN_CA: 'its authority is not known there',
	UNSUPPORTED_CERTIFICATE: 'its kind is not accepted',
};

const noVersion = 'server and pgtop have no version of TLS in common (ssl_min_protocol_version)';
const noCipher = 'server and pgtop have no cipher in common';
const notTls = 'what answers there does not speak TLS';
const weak = 'a key or certificate is weaker than Node.js accepts';

/** Why a handshake fails, by OpenSSL's reasons. */
const handshakeWords: Readonly<Record<string, string>> = {
	ALERT_HANDSHAKE_FAILURE: noCipher,
	ALERT_INSUFFICIENT_SECURITY: noCipher,
	ALERT_INTERNAL_ERROR: 'the server had a fault of its own',
	ALERT_NO_APPLICATION_PROTOCOL: "what answers there does not speak PostgreSQL's protocol",
	ALERT_PROTOCOL_VERSION: noVersion,
	ALERT_UNRECOGNIZED_NAME: 'the server does not know the name that it was asked for',
	CA_KEY_TOO_SMALL: weak,
	CA_MD_TOO_WEAK: weak,
	DH_KEY_TOO_SMALL: weak,
	EE_KEY_TOO_SMALL: weak,
	HTTP_REQUEST: notTls,
	INTERNAL_ERROR: 'OpenSSL allows no such version of TLS (ssl_min_protocol_version)',
	NO_CIPHERS_AVAILABLE: noCipher,
	NO_PROTOCOLS_AVAILABLE: noVersion,
	NO_SHARED_CIPHER: noCipher,
	PACKET_LENGTH_TOO_LONG: notTls,
	RECORD_LAYER_FAILURE: notTls,
	TLS_ALERT_INTERNAL_ERROR: 'the server had a fault of its own',
	UNEXPECTED_EOF_WHILE_READING: 'the server closed the connection',
	UNSAFE_LEGACY_RENEGOTIATION_DISABLED: 'the server has none that is safe',
	UNSUPPORTED_PROTOCOL: noVersion,
	VERSION_TOO_LOW: noVersion,
	WRONG_SSL_VERSION: noVersion,
	WRONG_VERSION_NUMBER: notTls,
};

/** OpenSSL's name of an error. In the line of an EPROTO it is `sslv3 alert bad certificate`, which becomes SSLV3_ALERT_BAD_CERTIFICATE. */
function nameIn(code: string, message: string): string {
	if (code !== 'EPROTO') return code;
	const [, reason = ''] = /:(?:SSL|digital envelope)[^:]*:[^:]*:([^:\n]*)/.exec(message) ?? [];
	return reason.toUpperCase().replaceAll(' ', '_');
}

/** Looks a name up by its last words: before them are versions, which differ from one OpenSSL to the next. */
function byEnd(table: Readonly<Record<string, string>>, name: string): string | undefined {
	return Object.entries(table).find(([end]) => name === end || name.endsWith(`_${end}`))?.[1];
}

const trusted = ({rootFile, system}: Tls) =>
	rootFile === 'system' ? (system?.file ?? "the system's list") : rootFile;

const isHandshake = (code: string) => /^(?:ERR_(?:SSL|TLS|OSSL|CRYPTO)_|EPROTO$)/.test(code);

/** Whether TLS has this code: at the handshake, or after it, as a server's last word in TLS 1.3. */
export const isTls = (code: string) => isHandshake(code) || lookUp(certificateWords, code) !== undefined;

/** What keeps TLS from working, in one sentence that names the host, and the file that it is about. */
export function tlsWords(code: string, message: string, attempt: Attempt): string {
	const address = addressOf(attempt);
	const {tls} = attempt;
	if (!isHandshake(code)) {
		const words = lookUp(certificateWords, code) ?? `OpenSSL says ${code}`;
		const root = trusted(tls);
		return `${address}: its certificate is not trusted: ${words}${root === undefined ? '' : ` (trusted is what ${root} has)`}`;
	}

	const name = nameIn(code, message);
	const alert = /ALERT_(.+)$/.exec(name)?.[1] ?? '';
	if (alert === 'CERTIFICATE_REQUIRED')
		return `${address} wants a certificate, and none was sent: sslcert names one`;
	const refused = lookUp(refusedCertificate, alert);
	if (refused !== undefined)
		return tls.certificateFile === undefined
			? `${address} refused the connection for want of a certificate`
			: `${address} refused the certificate ${tls.certificateFile}: ${refused}`;
	const words = byEnd(handshakeWords, name) ?? `OpenSSL says ${name || code}`;
	return `TLS with ${address} failed: ${words}`;
}
