/** ANSI names, so that the terminal's own palette decides; a colour never says anything that no word says. */
export type Style = 'bold' | 'dim' | 'inverse' | 'red' | 'yellow' | 'green';
