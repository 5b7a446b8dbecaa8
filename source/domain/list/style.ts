/** What a colour says. It never says it alone: a word or a sign does, too. */
export type Tone =
	/** Hurts others, or is near a limit. */
	| 'hurts'
	/** Open, and old. */
	| 'open'
	| 'runs'
	/** Waits for I/O. */
	| 'io'
	/** Maintenance at work. */
	| 'maintenance'
	/** A key of the footer. */
	| 'key';

/** How a text stands out. What a terminal makes of it is up to its colours. `selected`: the row that a key acts on. */
export type Style = 'bold' | 'dim' | 'underlined' | 'inverse' | 'selected' | Tone;

/** What is known of the terminal's colours: that it has none, that nobody knows its background, or whether that is dark or light. */
export type Colours = 'none' | 'unknown' | 'dark' | 'light';

/** What help says of the colours. A terminal may lack some of them, so none says anything alone. */
export const toneWords: Readonly<Record<Tone, {readonly colour: string; readonly says: string}>> = {
	hurts: {colour: 'red', says: 'hurts others, or is near a limit'},
	open: {colour: 'yellow', says: 'is open, and has been for long'},
	runs: {colour: 'green', says: 'runs; needs --theme dark'},
	io: {colour: 'cyan', says: 'waits for I/O; needs --theme'},
	maintenance: {colour: 'magenta', says: 'VACUUM and other maintenance at work'},
	key: {colour: 'bold', says: 'a key that does something now'},
};
