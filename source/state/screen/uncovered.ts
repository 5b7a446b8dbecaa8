import type {Layer, Question} from './layers.js';

/** What was open before a question; another question has to be drawn and read anew. */
export function uncovered({over}: Question): Layer {
	if (over.type !== 'question') return over;
	const {drawnAt: _, ...question} = over;
	return question;
}
