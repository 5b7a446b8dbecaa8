import {isFormattable} from '../../../domain/sql/is-formattable.js';
import type {State} from '../../state.js';
import {changeLayer, type Step} from '../../step.js';

/** Has the query of open details formatted, once for each text. While one text is under way, no other is asked for. */
export function formatQuery(state: State): Step {
	const [layer] = state.screen.layers;
	if (layer.type !== 'details') return [state, []];
	const {inspection, asked, formatted} = layer;
	const text = inspection && isFormattable(inspection) ? inspection.text : undefined;
	const isUnderWay = asked !== undefined && formatted?.of !== asked;
	if (text === undefined || text === asked || isUnderWay) return [state, []];
	return [changeLayer(state, {...layer, asked: text}), [{type: 'format', text}]];
}

/** Takes in what has become of a text; without `text` it is shown as it is. */
export function formatted(state: State, of: string, text: string | undefined): State {
	const {layers} = state.screen;
	const taken = layers.map(layer =>
		layer.type === 'details' && layer.asked === of
			? {...layer, formatted: {of, ...(text !== undefined && {text})}}
			: layer,
	);
	const [first = layers[0], ...others] = taken;
	return {...state, screen: {...state.screen, layers: [first, ...others]}};
}
