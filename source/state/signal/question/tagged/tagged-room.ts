/** How many lines a question about tags may take: it lists what it is about, so the list above it gives way. */
export const taggedRoom = (rows: number): number =>
	rows < 16 ? Math.max(6, rows - 4) : Math.min(20, rows - 8);

/** The lines of its title, its keys, and mostly of what has to be read first. */
const aboutList = 7;

/** How many lines its list has at least, where it is a long one: so far a page goes. */
export const taggedPage = (rows: number): number => Math.max(1, taggedRoom(rows) - aboutList);
