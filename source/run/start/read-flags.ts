import meow from 'meow';

/** What meow makes of the words of a command line. `kinds`: each flag that was typed, with what its value is. */
export function readFlags(
	words: readonly string[],
	kinds: readonly (readonly [name: string, kind: 'boolean' | 'string'])[],
) {
	// By default, meow prints and ends the process on --help, --version and flags that it does not know.
	const {flags, input} = meow({
		importMeta: import.meta,
		argv: words,
		// It calls the process as the command.
		pkg: {name: 'pgtop', bin: {pgtop: ''}},
		description: false,
		autoHelp: false,
		autoVersion: false,
		// No others than were typed: it works on each of them.
		flags: Object.fromEntries(kinds.map(([name, type]) => [name, {type, isMultiple: true} as const])),
	});
	return {flags, input};
}
