import {type Figure, type ProgramName, programNames} from './figure.js';
import type {Saved} from './saved.js';

const absent = '–';

/** Three digits that count, as nobody measures more. */
export function rounded(value: number): string {
	const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
	return value.toFixed(digits);
}

const shown = (value: number | undefined) => (value === undefined ? absent : rounded(value));

const ratio = (own: number | undefined, other: number | undefined) =>
	own === undefined || !other ? absent : `${(own / other).toFixed(2)} ×`;

function change(now: number | undefined, before: number | undefined): string {
	if (now === undefined || !before) return absent;
	const percent = Math.round((now / before - 1) * 100);
	return `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent)} %`;
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** A table as Markdown has it, to be read in a terminal and put into a paper. A peer that nothing was measured of has no columns. */
export function tableOf(figures: readonly Figure[], saved?: Saved): string {
	const peers = programNames.filter(
		name => name !== 'pgtop' && figures.some(({values}) => values[name] !== undefined),
	);
	const head = [
		'',
		'unit',
		'pgtop',
		...peers.flatMap(name => [name, '']),
		...(saved ? ['saved', 'change'] : []),
	];
	const rows = figures.map(({name, unit, values}) => {
		const own = values.pgtop;
		const before = saved?.figures.find(figure => figure.name === name)?.values.pgtop;
		return [
			name,
			unit,
			shown(own),
			...peers.flatMap((peer: ProgramName) => [shown(values[peer]), ratio(own, values[peer])]),
			...(saved ? [shown(before), change(own, before)] : []),
		];
	});
	const widths = head.map((_, column) =>
		Math.max(3, ...[head, ...rows].map(cells => (cells[column] ?? '').length)),
	);
	const fit = (cells: readonly string[]) =>
		line(
			cells.map((cell, column) =>
				column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
			),
		);
	const rule = line(
		widths.map((width, column) => (column < 2 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)),
	);
	return [fit(head), rule, ...rows.map(fit)].join('\n');
}
