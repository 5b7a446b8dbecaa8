import type {Size} from './svg/layout.js';

/** Of the terminal in the pictures that stand still. */
export const stillSize: Size = {columns: 106, rows: 26};

/** In characters. */
export const largestStill = 60_000;
