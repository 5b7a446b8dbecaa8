import {expect, test} from 'vitest';
import {coloursIn} from '../../source/terminal/colours-in.js';

test.each([
	[{}, 'any', 'unknown'],
	[{TERM: 'xterm-256color'}, 'any', 'unknown'],
	[{}, 'dark', 'dark'],
	[{}, 'light', 'light'],
	[{NO_COLOR: ''}, 'dark', 'dark'],
	[{NO_COLOR: '1'}, 'any', 'none'],
	[{NO_COLOR: '1'}, 'dark', 'none'],
	[{TERM: 'vt100'}, 'any', 'none'],
	[{TERM: 'vt100'}, 'light', 'none'],
] as const)('in %j with the theme %s the colours are %s', (environment, theme, colours) => {
	expect(coloursIn(environment, theme)).toBe(colours);
});
