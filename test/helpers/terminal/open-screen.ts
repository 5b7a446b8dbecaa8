import xterm, {type IUnicodeVersionProvider, type Terminal as Screen} from '@xterm/headless';

/** What a terminal of this size shows, with the widths that terminals have today; one without a second screen, as GNU screen's usual one, stays on its first. */
export function openScreen(cols: number, rows: number, hasAlternateScreen: boolean): Screen {
	const screen = new xterm.Terminal({cols, rows, allowProposedApi: true});
	screen.unicode.register(modernWidths);
	screen.unicode.activeVersion = modernWidths.version;
	// Taken for handled, and nothing is done.
	if (!hasAlternateScreen)
		for (const final of ['h', 'l'])
			screen.parser.registerCsiHandler({prefix: '?', final}, ([mode]) => mode === 1049);
	return screen;
}

// What xterm knows by itself is Unicode 6, in which an emoji takes one cell.
const isWide =
	/[\u1100-\u115F\u2329\u232A\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{16FE0}-\u{18DFF}\u{1AFF0}-\u{1B2FB}\u{1F200}-\u{1F265}\u{20000}-\u{3FFFD}\p{Emoji_Presentation}]/u;
const isCombining = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** How many cells a terminal gives to a character: none to what joins the one before it. */
export const cellsOfCharacter = (character: string): 0 | 1 | 2 =>
	isCombining.test(character) ? 0 : isWide.test(character) ? 2 : 1;

const modernWidths: IUnicodeVersionProvider = {
	version: 'modern',
	wcwidth: code => cellsOfCharacter(String.fromCodePoint(code)),
	/** The width in bits 1 and 2; bit 0: joins the character before it. */
	charProperties(code, before) {
		const width = this.wcwidth(code);
		const widthBefore = (before >> 1) & 3;
		return width === 0 && widthBefore > 0 ? (widthBefore << 1) | 1 : width << 1;
	},
};
