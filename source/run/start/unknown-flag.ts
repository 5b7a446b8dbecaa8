import {mayBeRepeated} from '../../domain/text/secrets/not-this.js';
import {flagIn, type OptionTable} from '../../tables/option.js';

/** Where a connection string stands without quotes, what looks like a flag may be the rest of a password with blanks. */
const mayBeSecret = (argv: readonly string[]) =>
	argv.some(word => /:\/\/|^(?!-).*(?:pass\w*|pwd)=/is.test(word));

/** Whether a flag may be repeated: `--passwordSECRET` is a habit from elsewhere. */
const isTold = (typed: string) => mayBeRepeated(typed) && !/^--(?:pass|pwd)/i.test(typed);

/** The sentence on an unknown flag. `argv` is all arguments. */
export function unknownFlag(typed: string, argv: readonly string[], table: OptionTable): string {
	if (mayBeSecret(argv))
		return 'there is an unknown flag beside a connection string, which stands in quotes: pgtop --help lists the flags';
	const near = Object.keys(table)
		.map(name => flagIn(table, name))
		.filter(flag => typed.length > 2 && flag.startsWith(typed));
	if (near.length > 0) return `unknown flag ${typed}: did you mean ${near.join(' or ')}?`;
	return isTold(typed)
		? `unknown flag ${typed}: pgtop --help lists them`
		: 'there is an unknown flag: pgtop --help lists the flags';
}
