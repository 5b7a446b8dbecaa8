import type {Configuration} from './rules.js';

/** Whether no server at all may be sent a signal: then nothing that could send one is made. */
export const isAlwaysReadOnly = ({rules, sections, typed}: Configuration): boolean =>
	typed.isReadOnly?.value === true ||
	(rules.isReadOnly?.value === true && sections.every(section => section.rules.isReadOnly?.value !== false));
