/** As `ENOENT`; undefined for what is no error of the operating system. */
export const systemCodeOf = (error: unknown): string | undefined =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
