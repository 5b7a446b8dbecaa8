import type {Row} from '../../domain/list/row.js';
import type {Micros} from '../../domain/micros.js';
import type {Backend} from '../../domain/session/backend.js';
import type {Age} from '../../domain/session/time.js';
import {ageText, ageValue} from './cells.js';

/** What all ages have in common. A missing one is `-`. */
export function ages(ageOf: (backend: Backend, at: Micros) => Age) {
	const value = ({value: backend, at}: Row<Backend>) => ageValue(backend, ageOf(backend, at));
	return {
		width: 6,
		align: 'right',
		value,
		// The line of a queue has no age, not even a missing one.
		text: (row: Row<Backend>) => (row.value.queue ? '' : ageText(value(row))),
		isDescending: true,
	} as const;
}
