import type {Finding} from '../../domain/server/alarms/finding.js';
import type {State} from '../../state/state.js';
import type {Span} from '../line.js';

/** An alert in the colour of how bad it is: it hurts, or it is open. */
export const alertSpan = ({settings}: State, {text, isRed}: Finding): Span => ({
	text: `${settings.isAscii ? '!' : '▲'} ${text}`,
	styles: ['bold', isRed ? 'hurts' : 'open'],
});
