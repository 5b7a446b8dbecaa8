const scheme = /^(\s*)(jdbc:)?(postgres(?:ql)?)(\+\w+)?:\/\//i;

/** What keeps another program's URI, or one pasted with a blank, from being one that libpq takes; else undefined. The rest of the URI is not quoted, because a password may be inside. */
export function foreignUri(dbname: string): string | undefined {
	const [, blank, jdbc, name = '', driver] = scheme.exec(dbname) ?? [];
	const reads = 'DBNAME reads like a URI';
	const parts = [blank && 'the blank in front', jdbc, driver].filter(Boolean);
	if (parts.length > 0) return `${reads}: leave out ${parts.join(' and ')}`;
	return name === name.toLowerCase() ? undefined : `${reads}: it begins with ${name.toLowerCase()}://`;
}
