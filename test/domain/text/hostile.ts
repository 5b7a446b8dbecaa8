import fc from 'fast-check';
import {hostilePieces} from './hostile-pieces.js';

/** Any text that a session could have sent, with a liking for what breaks lines and columns. */
export const hostileText = fc
	.array(
		fc.oneof(
			{weight: 3, arbitrary: fc.constantFrom(...hostilePieces)},
			fc.string({unit: 'binary', maxLength: 3}),
			fc.string({unit: 'grapheme', maxLength: 3}),
		),
		{maxLength: 20},
	)
	.map(texts => texts.join(''));
