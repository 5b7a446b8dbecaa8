import {durationText} from './duration.js';
import {type Filter, type FilterTerm, ownClock} from './filter.js';

/** A filter as it can be typed: reading this gives the same filter. */
export const filterText = (filter: Filter): string => filter.map(termText).join(' ');

const termText = (term: FilterTerm) => `${term.isNot ? '-' : ''}${bodyText(term)}`;

function bodyText(term: FilterTerm): string {
	switch (term.type) {
		case 'any':
			return /^(?:[-~<>!/]|[a-z_]+[:=<>!])/i.test(term.text) ? quoted(term.text) : valueText(term.text);
		case 'field':
			return `${term.name}${term.sign}${/^[/:]/.test(term.text) ? quoted(term.text) : valueText(term.text)}`;
		case 'clock':
			return `${term.name === ownClock ? '' : term.name}${term.sign}${durationText(term.micros)}`;
		case 'regex':
			return `~/${term.pattern}/`;
	}
}

const valueText = (text: string) => (text === '' || /^"|\s/.test(text) ? quoted(text) : text);

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
