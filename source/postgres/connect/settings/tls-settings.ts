import type {SecureVersion} from 'node:tls';
import type {GivenValue, GivenValues} from './given-values.js';

export type SslMode = 'disable' | 'allow' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';

/** How to encrypt. Files are paths here, and are read anew for each connection. */
export type Tls = {
	readonly mode: SslMode;
	/** TLS from the first byte on, without asking for it. */
	readonly isDirect: boolean;
	/** `system` stands for the certificates that the system trusts. */
	readonly rootFile?: string;
	/** Where those are, when not in the usual place: SSL_CERT_FILE and SSL_CERT_DIR, as for OpenSSL. */
	readonly system?: {readonly file?: string; readonly directory?: string};
	readonly revocationFile?: string;
	readonly revocationDirectory?: string;
	/** Absent where none is to be sent. */
	readonly certificateFile?: string;
	readonly keyFile?: string;
	/** Opens the key. Absent: a person may be asked for it. Empty: nobody knows it. */
	readonly keyPassword?: string;
	/** Whether the server is told which name was asked for. */
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

const systemOf = ({SSL_CERT_FILE: file, SSL_CERT_DIR: directory}: Readonly<NodeJS.ProcessEnv>) => ({
	...(file && {file}),
	...(directory && {directory}),
});

/** The settings for TLS, with the files of `folder` where none is named; or what is wrong with them. */
export function tlsSettings(
	given: GivenValues,
	folder: string | undefined,
	environment: Readonly<NodeJS.ProcessEnv>,
): Tls | string {
	const fileOf = (value: GivenValue | undefined, usual: string) =>
		value?.text || (folder === undefined ? undefined : `${folder}/${usual}`);
	const isSystem = given.sslrootcert?.text === 'system';
	const mode = (given.sslmode?.text ?? (isSystem ? 'verify-full' : 'prefer')) as SslMode;
	if (isSystem && mode !== 'verify-full')
		return `sslrootcert=system needs sslmode=verify-full, and ${given.sslmode?.origin} is ${mode}`;
	const isDirect = given.sslnegotiation?.text === 'direct';
	if (isDirect && weak.test(mode))
		return `${given.sslnegotiation?.origin} is direct, which needs sslmode=require, verify-ca or verify-full`;

	const minVersion = versionOf(given.ssl_min_protocol_version?.text ?? 'TLSv1.2');
	const maxVersion = versionOf(given.ssl_max_protocol_version?.text);
	if (isRangeEmpty(minVersion, maxVersion))
		return `no TLS version is between ${minVersion} and ${maxVersion}, as ssl_min_protocol_version and ssl_max_protocol_version say`;

	const rootFile = fileOf(given.sslrootcert, 'root.crt');
	const revocationDirectory = given.sslcrldir?.text;
	const revocationFile =
		revocationDirectory && !given.sslcrl?.text ? undefined : fileOf(given.sslcrl, 'root.crl');
	const certificateFile =
		given.sslcertmode?.text === 'disable' ? undefined : fileOf(given.sslcert, 'postgresql.crt');
	const keyFile = fileOf(given.sslkey, 'postgresql.key');
	return {
		mode,
		isDirect,
		...(rootFile !== undefined && {rootFile}),
		...(isSystem && {system: systemOf(environment)}),
		...(revocationFile !== undefined && {revocationFile}),
		...(revocationDirectory && {revocationDirectory}),
		...(certificateFile !== undefined && {certificateFile}),
		...(keyFile !== undefined && {keyFile}),
		...(given.sslpassword?.text && {keyPassword: given.sslpassword.text}),
		hasServerName: (given.sslsni?.text ?? '1').startsWith('1'),
		...(minVersion && {minVersion}),
		...(maxVersion && {maxVersion}),
	};
}
