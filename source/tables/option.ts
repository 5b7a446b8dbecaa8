type Text = {
	readonly type: 'text';
	readonly value: string;
	/** What it needs: then an empty value is refused, and a URI, which was meant for another flag. */
	readonly needs?: string;
	/** A name without a flag is taken for this one, in the order of `place`. */
	readonly bare?: {
		readonly place: number;
		/** What it is, for a person who has typed too many. */
		readonly what: string;
		/** How the first line of the help calls it, where that is not `value`. */
		readonly called?: string;
	};
	/** Other bytes than UTF-8 will not do. */
	readonly isUtf8?: true;
	/** There may be a password in it: an advised command has `value` in its place. */
	readonly isSecret?: true;
};
type Amount = {
	readonly type: 'number';
	readonly value: string;
	readonly range: readonly [number, number];
	readonly default: number;
};
type Choice = {
	readonly type: 'choice';
	readonly value: string;
	readonly choices: readonly string[];
	/** Absent where the domain has it. */
	readonly default?: string;
};
type Switch = {
	readonly type: 'switch';
	/** The switch that says the opposite: the last one of the two counts. */
	readonly undoes?: string;
	/** What it asks for. A value glued to it may be just that, and no sentence names a letter of it. */
	readonly asksFor?: string;
	/** What is printed in place of a run, whatever else was typed. */
	readonly prints?: 'help' | 'version';
};

export type Option = (Text | Amount | Choice | Switch) & {
	readonly short?: string;
	/** Psql has it, too. A call with no other flags is read without the parser. */
	readonly isPsqls?: true;
	/** What is typed, where that is not the name with hyphens. */
	readonly flag?: string;
	readonly help: string;
	/** An option that does not go with this one, and what the two of them are. */
	readonly excludes?: {readonly name: string; readonly both: string};
	/** The configuration file may say it, too. What was not typed has no value then, not even the default: that would win over the file. */
	readonly isConfigured?: true;
	/** An advised command says it in its own way or not again, or it is for something else than a run against a server. */
	readonly isKept?: false;
};

export type OptionTable = Readonly<Record<string, Option>>;

type TypedValue<Kind> = Kind extends Switch
	? boolean
	: Kind extends Amount
		? number
		: Kind extends {readonly choices: readonly (infer Value)[]}
			? Value
			: string | undefined;

type ValueOf<Kind> = Kind extends {readonly isConfigured: true}
	? TypedValue<Kind> | undefined
	: TypedValue<Kind>;

/** What a run is told: a value for each option but those that print something in place of it. */
export type FlagsOf<Table> = {
	readonly [Name in keyof Table as Table[Name] extends {readonly prints: string} ? never : Name]: ValueOf<
		Table[Name]
	>;
};

/** The flag as the parser takes it. The parser reads `--no-x` as x being false, so `flagIn` will not do there. */
export function longName(name: string): string {
	return `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
}

/** What is typed: `readOnly` → `--read-only`. */
export const flagIn = (table: OptionTable, name: string): string => table[name]?.flag ?? longName(name);

/** The options that a name without a flag is taken for, in this order. */
export const bareIn = (table: OptionTable) =>
	Object.entries(table)
		.flatMap(([name, option]) =>
			option.type === 'text' && option.bare ? [{name, value: option.value, ...option.bare}] : [],
		)
		.sort((a, b) => a.place - b.place);
