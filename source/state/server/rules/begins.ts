import {type InForce, inForce} from '../../../domain/configuration/in-force.js';
import type {Configuration, Sort} from '../../../domain/configuration/rules.js';
import type {ServerNames} from '../../../domain/configuration/server-names.js';
import {sessions} from '../../../views/sessions/view.js';

/** How the list of a server begins. What a person has chosen in the run comes before it. */
export type Begins = {
	/** In milliseconds, as the next one. */
	readonly interval: number;
	/** Where nothing is said. */
	readonly usualInterval: number;
	readonly columns: readonly string[] | undefined;
	readonly sort: Sort;
};

/** What the configuration says of the columns: an id that no column has is passed over. Where nothing is left, the width of the terminal decides. */
function columnsIn({columns: told}: InForce): readonly string[] | undefined {
	const all = sessions.columns.map(({id}) => id);
	const wanted = [...new Set(told?.value)].filter(id => all.includes(id));
	return wanted.length > 0 ? wanted : undefined;
}

/** What the configuration says of the order. */
function sortIn({sort: told}: InForce): Sort {
	const column = sessions.columns.find(({id}) => id === told?.value.column);
	return told && column && !column.isUnsortable ? told.value : {column: sessions.sortedBy, isReversed: false};
}

/** What the configuration says of the server with these names. */
export function beginsFor(configuration: Configuration, names: ServerNames, usualInterval: number): Begins {
	const told = inForce(configuration, names);
	return {
		usualInterval,
		interval: told.interval?.value ?? usualInterval,
		columns: columnsIn(told),
		sort: sortIn(told),
	};
}
