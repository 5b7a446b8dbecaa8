import type {Cut, QueryText} from '../backend.js';

/** Whether the text is all of the query, as far as one can tell. */
export const isWhole = ({isPart, cut}: QueryText) => !isPart && cut === undefined;

/** The text as it is shown: what may go on ends with `~`. */
export const shownText = (query: QueryText) => (isWhole(query) ? query.text : `${query.text}~`);

export const cutWords = ({isSure, size}: Cut) =>
	`${isSure ? 'cut' : 'may be cut'} by the server (track_activity_query_size = ${size})`;
