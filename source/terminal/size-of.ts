import type {WriteStream} from 'node:tty';
import type {Size} from '../domain/list/window.js';

/** A terminal that does not tell its size, as on some serial lines, counts as 80×24. */
export const sizeOf = ({columns, rows}: WriteStream): Size => ({columns: columns || 80, rows: rows || 24});
