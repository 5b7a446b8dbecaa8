/** What is read where its part is asked for, and nothing where it is left out: PostgreSQL refuses a statement for a function in it, whether that is called or not. */
export const given = <Name extends string>(wanted: readonly Name[], part: Name, column: string) =>
	wanted.includes(part) ? column : 'null';
