const units: Readonly<Record<string, number>> = {
	B: 1,
	kB: 1024,
	MB: 1024 ** 2,
	GB: 1024 ** 3,
	TB: 1024 ** 4,
};

/** A size as `SHOW` writes it, in bytes; servers before 11 write no unit after a size in bytes. Undefined for anything else, as for -1. */
export function bytesOf(setting: string): number | undefined {
	const [, number, unit = 'B'] = /^(\d+)([kMGT]?B)?$/.exec(setting) ?? [];
	return number === undefined ? undefined : Number(number) * (units[unit] ?? 1);
}
