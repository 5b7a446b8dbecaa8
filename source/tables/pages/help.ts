import type {State} from '../../state/state.js';
import {keyRows} from '../keymap.js';
import type {Page} from './page.js';

/** Every key, and what it does. */
export const helpPage = ({settings}: State): Page => ({
	title: `pgtop ${settings.version}  c cancels a query, k ends a session, both through SQL`,
	fields: keyRows.map(({key, does}) => ({name: key, value: does})),
	lines: [],
});
