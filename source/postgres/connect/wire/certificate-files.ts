import {X509Certificate} from 'node:crypto';
import {readdir, readFile, stat} from 'node:fs/promises';
import {createSecureContext, rootCertificates, type SecureContextOptions} from 'node:tls';
import {pathOf} from '../../../domain/text/raw-text.js';
import type {Tls} from '../settings/tls-settings.js';
import {isMissing, whyUnread} from '../why-unread.js';
import type {FileRead} from './file-read.js';
import {keyPair} from './key-pair.js';

export type TlsFiles = SecureContextOptions & {
	/** False without a root certificate: then the server's certificate is not checked, as in libpq. */
	readonly rejectUnauthorized: boolean;
};

/** Where systems keep the certificates that they trust, all in one file. */
const systemBundles = [
	'/etc/ssl/certs/ca-certificates.crt',
	'/etc/pki/tls/certs/ca-bundle.crt',
	'/etc/ssl/cert.pem',
	'/opt/homebrew/etc/openssl@3/cert.pem',
];

const certificate =
	/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----.*?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/gs;

const textOf = (file: string) => readFile(pathOf(file), 'utf8').catch(() => undefined);

const unread = (error: unknown) => ({why: whyUnread(error)});

async function textsIn(directory: string, name: RegExp): Promise<readonly string[]> {
	const names = await readdir(pathOf(directory)).catch(() => []);
	const texts = await Promise.all(
		names.filter(one => name.test(one)).map(one => textOf(`${directory}/${one}`)),
	);
	return texts.filter(text => text !== undefined);
}

/** The certificates that OpenSSL would find: in SSL_CERT_FILE and SSL_CERT_DIR, or where the system keeps them. */
async function systemCertificates({system = {}}: Tls): Promise<readonly string[]> {
	const {file, directory} = system;
	const texts = directory === undefined ? [] : [...(await textsIn(directory, /\.\d+$/))];
	for (const bundle of file === undefined ? systemBundles : [file]) {
		const text = await textOf(bundle);
		if (text !== undefined) return [...texts, text];
	}

	return texts.length > 0 || file !== undefined ? texts : rootCertificates;
}

/** Hands on only certificates that parse: Node takes any text for one, and does not mind if nobody is trusted. */
async function rootCertificatesOf(file: string): Promise<FileRead<readonly string[]>> {
	const text = await readFile(pathOf(file), 'utf8').catch(unread);
	if (typeof text !== 'string')
		return {sentence: `the file ${file} with the root certificates can't be read: ${text.why}`};
	try {
		const found = text.match(certificate) ?? [];
		if (found.length > 0) return found.map(one => new X509Certificate(one).toString());
	} catch {}

	return {sentence: `the file ${file} has no root certificate that could be read`};
}

const isRevocationList = (text: string) => {
	try {
		createSecureContext({crl: text});
		return text.includes('-----BEGIN X509 CRL-----');
	} catch {
		return false;
	}
};

/** As in libpq, a missing list is no mistake, but a directory without any list is one. */
async function revocationLists({
	revocationFile,
	revocationDirectory,
}: Tls): Promise<FileRead<readonly string[]>> {
	const text = revocationFile === undefined ? undefined : await textOf(revocationFile);
	const one = text !== undefined && isRevocationList(text) ? [text] : [];
	if (revocationDirectory === undefined || (revocationFile !== undefined && one.length === 0)) return one;
	const others = (await textsIn(revocationDirectory, /^[\da-f]{8}\.r\d+$/)).filter(isRevocationList);
	const all = [...one, ...others];
	if (all.length > 0) return all;
	const names = await readdir(pathOf(revocationDirectory)).catch(unread);
	const what = `the directory ${revocationDirectory}`;
	return {
		sentence:
			'why' in names
				? `${what} with revocation lists can't be read: ${names.why}`
				: `${what} has no revocation list`,
	};
}

/** Undefined where the file is there, whether it can be read or not. */
const whyMissing = (file: string) =>
	stat(pathOf(file)).then(
		() => undefined,
		(error: unknown) =>
			isMissing(error) ? `there is no file ${file}` : `${file} can't be looked at (${whyUnread(error)})`,
	);

async function trust(tls: Tls): Promise<FileRead<TlsFiles>> {
	const {mode, rootFile} = tls;
	if (rootFile === 'system') return {ca: [...(await systemCertificates(tls))], rejectUnauthorized: true};
	const missing = rootFile === undefined ? 'there is no home directory' : await whyMissing(rootFile);
	if (rootFile === undefined || missing !== undefined) {
		if (mode !== 'verify-ca' && mode !== 'verify-full') return {rejectUnauthorized: false};
		// The system's certificates are good for verify-full only.
		const system = `${mode === 'verify-full' ? '' : 'sslmode=verify-full '}sslrootcert=system`;
		return {
			sentence: `sslmode=${mode} needs a root certificate, and ${missing}: name one with sslrootcert, or say ${system}`,
		};
	}

	const ca = await rootCertificatesOf(rootFile);
	if ('sentence' in ca) return ca;
	const crl = await revocationLists(tls);
	if ('sentence' in crl) return crl;
	return {ca: [...ca], ...(crl.length > 0 && {crl: [...crl]}), rejectUnauthorized: true};
}

/** Reads the files that a TLS connection needs, anew for each, as libpq does. */
export async function certificateFiles(tls: Tls): Promise<FileRead<TlsFiles>> {
	const trusted = await trust(tls);
	if ('sentence' in trusted) return trusted;
	const pair = await keyPair(tls);
	return 'sentence' in pair ? pair : {...trusted, ...pair};
}
