const words =
	'select from where join left customers orders invoices id amount created_at between and or group by coalesce sum count distinct lateral jsonb_agg partition over status region'.split(
		' ',
	);

const applications = [
	'psql',
	'PostgreSQL JDBC Driver',
	'puma: worker 3',
	'pgbench',
	'airflow',
	'node-pg',
	'',
];

/** What the session of this number says it is. */
export const applicationOf = (number: number): string => applications[number % applications.length] ?? '';

/** Always the same numbers from 0 to 1 for the same seed. */
export function randomOf(seed: number): () => number {
	let state = (seed * 2_654_435_761 + 1) >>> 0;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

/** Words as in a statement, so many characters of them, some on lines of their own. */
export function fillerOf(seed: number, length: number): string {
	const random = randomOf(seed);
	let text = '';
	while (text.length < length) {
		text += `${words[Math.floor(random() * words.length)]} `;
		if (random() < 0.08) text += '\n   ';
	}

	return text.slice(0, length);
}
