import {parse, TomlError} from 'smol-toml';
import {clean} from '../../domain/text/clean.js';
import {shorten} from '../../domain/text/shorten.js';

/** As it stands in a file: nobody knows yet what kind of value it is. */
export type TomlTable = Readonly<Record<string, unknown>>;

export type TomlRead =
	| {readonly type: 'toml'; readonly table: TomlTable}
	| {readonly type: 'bad'; readonly line: number; readonly column: number; readonly why: string};

/** In UTF-16 units. */
const longestReason = 100;

/** Deeper tables and lists than these mean nothing to us. */
const deepest = 20;

export const isTable = (value: unknown): value is TomlTable =>
	typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** The reason alone: the message shows a piece of the file, too. */
const reasonOf = (message: string) =>
	shorten(clean(message.split('\n', 1)[0] ?? '').replace(/^Invalid TOML document: /, ''), longestReason);

export function parseToml(text: string): TomlRead {
	try {
		return {type: 'toml', table: parse(text, {maxDepth: deepest})};
	} catch (error) {
		if (!(error instanceof TomlError)) throw error;
		return {type: 'bad', line: error.line, column: error.column, why: reasonOf(error.message)};
	}
}
