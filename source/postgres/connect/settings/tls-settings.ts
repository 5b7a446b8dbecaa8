import type {SecureVersion} from 'node:tls';
import type {Environment, Said, Sayings} from './sources.js';

export type SslMode = 'disable' | 'allow' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';

/** How to encrypt; files are names, and read when a server has agreed to TLS. */
export type Tls = {
	readonly mode: SslMode;
	/** TLS from the first byte on, without asking for it. */
	readonly isDirect: boolean;
	/** `system` stands for the certificates that the system trusts. */
	readonly rootFile?: string;
	/** Where those are, when it is not the usual place: SSL_CERT_FILE and SSL_CERT_DIR, as OpenSSL has it. */
	readonly system?: {readonly file?: string; readonly directory?: string};
	readonly revocationFile?: string;
	readonly revocationDirectory?: string;
	/** Absent where none is to be sent. */
	readonly certificateFile?: string;
	readonly keyFile?: string;
	/** Opens the key; absent, a person may be asked for it; empty, nobody knows it. */
	readonly keyPassword?: string;
	/** Tells the server which name was asked for. */
	readonly hasServerName: boolean;
	readonly minVersion?: SecureVersion;
	readonly maxVersion?: SecureVersion;
};

const versions: readonly SecureVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

const weak = /^(?:disable|allow|prefer)$/;

export const versionOf = (text = '') =>
	versions.find(version => version.toLowerCase() === text.toLowerCase());

const isRangeEmpty = (least: SecureVersion | undefined, most: SecureVersion | undefined) =>
	least !== undefined && most !== undefined && versions.indexOf(least) > versions.indexOf(most);

const systemOf = ({SSL_CERT_FILE: file, SSL_CERT_DIR: directory}: Environment) => ({
	...(file && {file}),
	...(directory && {directory}),
});

/** What is said about TLS, with the files of `folder` where none is named; or what is wrong with it. */
export function tlsSettings(
	said: Sayings,
	folder: string | undefined,
	environment: Environment,
): Tls | string {
	const fileOf = (saying: Said | undefined, usual: string) =>
		saying?.text || (folder === undefined ? undefined : `${folder}/${usual}`);
	const isSystem = said.sslrootcert?.text === 'system';
	const mode = (said.sslmode?.text ?? (isSystem ? 'verify-full' : 'prefer')) as SslMode;
	if (isSystem && mode !== 'verify-full')
		return `sslrootcert=system needs sslmode=verify-full, and ${said.sslmode?.origin} is ${mode}`;
	const isDirect = said.sslnegotiation?.text === 'direct';
	if (isDirect && weak.test(mode))
		return `${said.sslnegotiation?.origin} is direct, which needs sslmode=require, verify-ca or verify-full`;

	const minVersion = versionOf(said.ssl_min_protocol_version?.text ?? 'TLSv1.2');
	const maxVersion = versionOf(said.ssl_max_protocol_version?.text);
	if (isRangeEmpty(minVersion, maxVersion))
		return `no TLS version is between ${minVersion} and ${maxVersion}, as ssl_min_protocol_version and ssl_max_protocol_version say`;

	const rootFile = fileOf(said.sslrootcert, 'root.crt');
	const revocationDirectory = said.sslcrldir?.text;
	const revocationFile =
		revocationDirectory && !said.sslcrl?.text ? undefined : fileOf(said.sslcrl, 'root.crl');
	const certificateFile =
		said.sslcertmode?.text === 'disable' ? undefined : fileOf(said.sslcert, 'postgresql.crt');
	const keyFile = fileOf(said.sslkey, 'postgresql.key');
	return {
		mode,
		isDirect,
		...(rootFile !== undefined && {rootFile}),
		...(isSystem && {system: systemOf(environment)}),
		...(revocationFile !== undefined && {revocationFile}),
		...(revocationDirectory && {revocationDirectory}),
		...(certificateFile !== undefined && {certificateFile}),
		...(keyFile !== undefined && {keyFile}),
		...(said.sslpassword?.text && {keyPassword: said.sslpassword.text}),
		hasServerName: (said.sslsni?.text ?? '1').startsWith('1'),
		...(minVersion && {minVersion}),
		...(maxVersion && {maxVersion}),
	};
}
