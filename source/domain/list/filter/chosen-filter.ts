import type {Filter} from './filter.js';

/** A filter as a person has typed it, and what it asks for: one term at least. */
export type ChosenFilter = {readonly text: string; readonly terms: Filter};
