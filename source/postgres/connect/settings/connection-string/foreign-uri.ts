const scheme = /^(\s*)(jdbc:)?(postgres(?:ql)?)(\+\w+)?:\/\//i;

/** What keeps a URI that is another program's, or that was pasted with a blank, from being one of libpq's; or nothing. The rest of it is not quoted: a password may be in there. */
export function foreignUri(dbname: string): string | undefined {
	const [, blank, jdbc, name = '', driver] = scheme.exec(dbname) ?? [];
	const reads = 'DBNAME reads like a URI';
	const parts = [blank && 'the blank in front', jdbc, driver].filter(Boolean);
	if (parts.length > 0) return `${reads}: leave out ${parts.join(' and ')}`;
	return name === name.toLowerCase() ? undefined : `${reads}: it begins with ${name.toLowerCase()}://`;
}
