import type {Aimed} from '../../domain/signal/aimed.js';
import {type Some, someOf} from '../../domain/some.js';
import type {State} from '../../state/state.js';

/** What c and k are for in the list, in place of the selected session: all that is tagged. In the details they are for the session that is read there. */
export const taggedIn = ({screen: {tags, layers}}: State): Some<Aimed> | undefined =>
	layers[0].type === 'table' && tags.size > 0 ? someOf([...tags.values()]) : undefined;
