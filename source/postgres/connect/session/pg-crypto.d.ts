/** What node-postgres computes from a password; its own types leave this out. */
declare module 'pg/lib/crypto/utils.js' {
	const utilities: {
		deriveKey(password: string, salt: Uint8Array, iterations: number): Promise<Uint8Array>;
		postgresMd5PasswordHash(user: string, password: string, salt: Uint8Array): Promise<string>;
	};
	export default utilities;
}
