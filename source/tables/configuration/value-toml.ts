import {amountText, sizeUnits, timeUnits} from '../../domain/configuration/amounts.js';
import {quoteToml} from '../../domain/configuration/quote-toml.js';
import type {Sort} from '../../domain/configuration/rules.js';
import type {ValueKind} from '../configuration.js';

const list = (texts: readonly string[]) => `[${texts.map(quoteToml).join(', ')}]`;

/** A value as the program keeps it, as the configuration file says it. It is of the kind that its row says. */
export function valueToml(kind: ValueKind, value: unknown): string {
	switch (kind.type) {
		case 'number':
			return String((value as number) / (kind.scale ?? 1));
		case 'time':
			return quoteToml(amountText(value as number, timeUnits));
		case 'size':
			return quoteToml(amountText(value as number, sizeUnits));
		case 'choice':
			return quoteToml(value as string);
		case 'switch':
			return String(value);
		case 'columns':
		case 'roles':
			return list(value as readonly string[]);
		case 'sort': {
			const {column, isReversed} = value as Sort;
			return quoteToml(`${isReversed ? '-' : ''}${column}`);
		}
	}
}
