import {createPrivateKey, type KeyObject, X509Certificate} from 'node:crypto';
import {readFile, stat} from 'node:fs/promises';
import process from 'node:process';
import {createSecureContext, type SecureContextOptions} from 'node:tls';
import {pathOf, toBytes} from '../../../domain/text/raw-text.js';
import type {Tls} from '../settings/tls-settings.js';
import {isMissing, whyUnread} from '../why-unread.js';
import type {FileRead} from './file-read.js';

/** A group may read a key of root's, because several services of a machine may share it. */
function isOpenToOthers({uid, mode}: {readonly uid: number; readonly mode: number}): boolean {
	return process.platform !== 'win32' && (mode & (uid === 0 ? 0o037 : 0o077)) !== 0;
}

function parseKey(bytes: Buffer, passphrase: string | undefined): KeyObject | undefined {
	const formats = bytes.includes('-----BEGIN')
		? ([{format: 'pem'}] as const)
		: (['pkcs8', 'pkcs1', 'sec1'] as const).map(type => ({format: 'der', type}) as const);
	for (const format of formats) {
		try {
			return createPrivateKey({key: bytes, ...format, ...(passphrase && {passphrase: toBytes(passphrase)})});
		} catch {}
	}

	return undefined;
}

async function privateKey(
	{keyFile, keyPassword}: Tls,
	certificateFile: string,
): Promise<FileRead<{key: KeyObject}>> {
	const bad = (why: string) => ({sentence: `the key file ${keyFile ?? ''} ${why}`});
	if (keyFile === undefined)
		return {sentence: `there is a certificate ${certificateFile}, and no key file is named`};
	const facts = await stat(pathOf(keyFile)).catch((error: unknown) => ({error}));
	if ('error' in facts)
		return bad(
			isMissing(facts.error)
				? `is missing, and there is a certificate ${certificateFile}`
				: `can't be read: ${whyUnread(facts.error)}`,
		);
	if (!facts.isFile()) return bad('is no plain file');
	if (isOpenToOthers(facts)) return bad('is open to group or others (chmod 600 makes it private)');
	const bytes = await readFile(pathOf(keyFile)).catch((error: unknown) => ({error}));
	if ('error' in bytes) return bad(`can't be read: ${whyUnread(bytes.error)}`);
	const key = parseKey(bytes, keyPassword);
	if (key) return {key};
	if (!/ENCRYPTED/.test(bytes.toString('latin1'))) return bad('holds no key that could be read');
	if (keyPassword === undefined) return {...bad('is encrypted'), isLocked: true};
	return bad(keyPassword === '' ? 'is encrypted: sslpassword opens it' : 'is not opened by this passphrase');
}

/** The certificate by which the server may know us, with its key; empty where there is none. */
export async function keyPair(tls: Tls): Promise<FileRead<SecureContextOptions>> {
	const {certificateFile: file} = tls;
	if (file === undefined) return {};
	const cert = await readFile(pathOf(file), 'utf8').catch((error: unknown) => ({error}));
	if (typeof cert !== 'string')
		return isMissing(cert.error)
			? {}
			: {sentence: `the certificate file ${file} can't be read: ${whyUnread(cert.error)}`};
	const found = await privateKey(tls, file);
	if ('sentence' in found) return found;
	const key = found.key.export({type: 'pkcs8', format: 'pem'});
	try {
		new X509Certificate(cert);
	} catch {
		return {sentence: `the file ${file} has no certificate that could be read`};
	}

	try {
		createSecureContext({cert, key});
		return {cert, key};
	} catch {
		return {sentence: `the certificate in ${file} and the key in ${tls.keyFile} don't belong together`};
	}
}
