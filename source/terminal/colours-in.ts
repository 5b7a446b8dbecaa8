import type {Colours} from '../domain/list/style.js';

/** The colours of a terminal. Its background is known only where somebody says it: to ask the terminal would cost bytes and time, and not all answer. */
export const coloursIn = (
	{NO_COLOR, TERM}: Readonly<NodeJS.ProcessEnv>,
	theme: 'any' | 'dark' | 'light',
): Colours => (NO_COLOR || TERM === 'vt100' ? 'none' : theme === 'any' ? 'unknown' : theme);
