import type {Inspection} from '../session/inspection.js';

/** A longer text stays as it is, in bytes. */
const longest = 10_240;

/** Whether the text that was read is a whole query, and not too long: a part of one can't be understood. */
export const isFormattable = ({backend: {kind, query}, text = ''}: Inspection): boolean =>
	text !== '' &&
	(kind === 'client' || kind === 'parallel worker') &&
	query !== undefined &&
	query.cut === undefined &&
	query.bytes <= longest;
