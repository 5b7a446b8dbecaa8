/** A column where its part is wanted, else null. PostgreSQL refuses a statement because of a function in it, whether that is called or not. */
export const given = <Name extends string>(wanted: readonly Name[], part: Name, column: string) =>
	wanted.includes(part) ? column : 'null';
