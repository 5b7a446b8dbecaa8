// What a password without quotes looks like; to be matched where one may begin.

/** A name in SQL. */
export const sqlName = '[A-Za-z_\\u0080-\\uFFFF][\\w$\\u0080-\\uFFFF]*';

/** After an assignment. A call, such as crypt('secret', salt), a parameter and NULL are no password themselves. */
export const assignedValue = /(?![=>]|[\w$.]*\(|\$\d+\b|null\b)[^\s'"()]*[^\s'"(),;]/iy;

const listed =
	'true|false|default|array|distinct|not|any|all|some|like|ilike|similar|in|is|to|row|select|from|where|and|or|as|case|when|then|else|end|current_\\w+|localtime\\w*';
/** In a list of values, and after a comparison: a word of SQL is no password either. */
export const valueInList = new RegExp(`(?!(?:${listed})\\b)(?=${sqlName})${assignedValue.source}`, 'iy');

const ofRoles =
	'(?:no)?(?:superuser|createdb|createrole|inherit|login|replication|bypassrls)|encrypted|connection|limit|valid|until|in|role|group|user|admin|sysid|with|null|set|reset|rename|to|all|database|from|current|default|server|options|local|session';
/** In a statement about a role or a setting: all but its other words, and the punctuation around them. */
export const restOfSetting = new RegExp(
	`(?!(?:${ofRoles}|\\$\\d+)(?![^\\s;,()'"]|[;,()][^\\s'"]))(?![(),;]{1,8}(?:[\\s;'"]|$))[^\\s'"]*[^\\s'";]`,
	'iy',
);
