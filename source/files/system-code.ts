/** The code of an error of the operating system, such as `ENOENT`; undefined for anything else. */
export const systemCodeOf = (error: unknown): string | undefined =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
