import type {Size} from './svg/layout.js';

/** Of the terminal in the pictures that stand still. */
export const stillSize: Size = {columns: 106, rows: 26};

/** As wide as the page that shows it, so that its text is not made smaller. */
export const filmSize: Size = {columns: 95, rows: 19};

/** In characters. */
export const largestStill = 60_000;
export const largestFilm = 40_000;
