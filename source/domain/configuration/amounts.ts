/** From the largest on. */
export type Units = readonly (readonly [sign: string, size: number])[];

/** Times, in microseconds. PostgreSQL's own word for minutes is taken, too. */
export const timeUnits: Units = [
	['d', 86_400e6],
	['h', 3600e6],
	['m', 60e6],
	['min', 60e6],
	['s', 1e6],
	['ms', 1000],
];

/** Sizes, in bytes, as PostgreSQL counts. */
export const sizeUnits: Units = [
	['TB', 1024 ** 4],
	['GB', 1024 ** 3],
	['MB', 1024 ** 2],
	['kB', 1024],
	['B', 1],
];

/** `5m` is five minutes. Undefined for anything that is no number and one unit. */
export function amountIn(text: string, units: Units): number | undefined {
	const [, number, sign] = /^(\d+(?:\.\d+)?) ?([a-zA-Z]+)$/.exec(text) ?? [];
	const unit = units.find(([one]) => one === sign);
	return unit && Math.round(Number(number) * unit[1]);
}

/** The amount in the largest unit that leaves no fraction. */
export function amountText(amount: number, units: Units): string {
	const [sign, size] = units.find(unit => amount % unit[1] === 0) ?? units.at(-1) ?? ['', 1];
	return `${amount / size}${sign}`;
}
