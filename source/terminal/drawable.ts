import {widthOf} from '../domain/text/width.js';

/** Whether the locale has UTF-8, as the C library finds it: the first of these that is not empty decides. A console of Windows takes any text. */
export function isUtf8(
	{LC_ALL, LC_CTYPE, LANG}: Readonly<NodeJS.ProcessEnv>,
	platform: NodeJS.Platform,
): boolean {
	return platform === 'win32' || /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '');
}

const withoutSigns: readonly (string | undefined)[] = ['linux', 'vt100'];

/** Whether bars and arrows can be drawn. The console of Linux and a vt100 have no font for them, whatever the locale. */
export const hasSigns = (environment: Readonly<NodeJS.ProcessEnv>, platform: NodeJS.Platform): boolean =>
	isUtf8(environment, platform) && !withoutSigns.includes(environment.TERM);

/**
The text for a terminal that takes bytes for characters. There a byte of `ě` is a control sequence, which may erase the screen.

Each character over 0x7E becomes as many signs as it has cells, so that columns stay aligned.
*/
export const asciiOf = (text: string): string =>
	text.replace(/[^\0-~]/gu, character => '?'.repeat(widthOf(character)));
