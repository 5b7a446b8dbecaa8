import type {Reason} from '../../../../domain/signal/verdict/reason.js';
import type {Question} from '../../../screen/layers.js';
import {reasonsIn} from '../asked.js';

/** The kinds of reasons that a question about tags has: one that was not there has to be read first. Not so the filter, which tells nothing of what the key does. */
export const kindsIn = (question: Question): readonly Reason['id'][] => [
	...new Set(reasonsIn(question).flatMap(({id}) => (id === 'filter' ? [] : [id]))),
];
