export type Cells = readonly unknown[];

/** One statement of the refresh, for every server from 10 on, and how its rows become a value. */
export type Query<Value> = {
	text(major: number): string;
	read(rows: readonly Cells[], encoding: string): Value;
};
