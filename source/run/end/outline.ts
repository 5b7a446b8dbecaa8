/** The words of pgtop's own that an outline shows, by the key that they stand under. Any other text is from the server, or was typed. */
const own: Readonly<Record<string, readonly string[]>> = {
	signal: ['cancel', 'terminate'],
	type: [
		...['up', 'connecting', 'down'],
		...['table', 'details', 'help', 'alerts', 'signals', 'chooser', 'question', 'filter', 'pid', 'password'],
		...['asked', 'watched', 'over'],
	],
	work: ['query', 'transaction', 'aborted', 'statement', 'call', 'idle', 'login', 'session'],
};

/** Objects whose keys are texts of others, such as the names of roles. */
const keyed: readonly string[] = ['owners', 'widths'];

/** How many of a list are shown, and how deep. */
const shownItems = 3;
const deepest = 8;

const isKey = (key: string) => /^[a-zA-Z]\w{0,30}$/.test(key);

const listOf = (values: readonly unknown[], depth: number): unknown => [
	...values.slice(0, shownItems).map(value => outlineOf(value, '', depth)),
	...(values.length > shownItems ? [`${values.length} in all`] : []),
];

/** The structure of a value with its numbers, as plain data. Texts, which may be queries, names or passwords, are only counted, in UTF-16 units; but for words of pgtop's own. */
export function outlineOf(value: unknown, key = '', depth = 0): unknown {
	if (typeof value === 'string') return own[key]?.includes(value) ? value : `<text: ${value.length}>`;
	if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
	if (typeof value === 'boolean' || value === null) return value;
	if (typeof value !== 'object') return `<${typeof value}>`;
	if (ArrayBuffer.isView(value)) return `<bytes: ${value.byteLength}>`;
	if (depth >= deepest) return '<more>';
	if (Array.isArray(value)) return listOf(value, depth + 1);
	if (value instanceof Map || value instanceof Set) return listOf([...value.values()], depth + 1);
	const entries = Object.entries(value).filter(([, one]) => one !== undefined);
	if (keyed.includes(key) || !entries.every(([name]) => isKey(name)))
		return listOf(
			entries.map(([, one]) => one),
			depth + 1,
		);
	return Object.fromEntries(entries.map(([name, one]) => [name, outlineOf(one, name, depth + 1)]));
}
