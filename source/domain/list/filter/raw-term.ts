/** A word of a filter by its shape alone. `head` is a name with its sign: `user:` `xact>`. */
export type RawTerm =
	| {readonly type: 'regex'; readonly pattern: string}
	/** `isQuoted`: the text may be empty. */
	| {readonly type: 'word'; readonly head: string; readonly text: string; readonly isQuoted?: true};

/** What was read, and how many characters it took. */
type ReadTerm =
	| {readonly type: 'term'; readonly isNot: boolean; readonly term: RawTerm; readonly length: number}
	| {readonly type: 'bad'; readonly sentence: string};

const bad = (sentence: string): ReadTerm => ({type: 'bad', sentence});

/** Letters, so that `12:34` is a plain word; and no address, nor a cast or a comparison of SQL. */
const headed = /^(?:[a-z]+(?:_[a-z]+)*:(?![/:])|[a-z]+=|[a-z]*[<>])/i;

/** As other programs have them. */
const foreign: readonly (readonly [RegExp, string])[] = [
	[/^!\S|^[a-z]+!=/i, 'what is not to match has a - in front: -user:api'],
	[/^\/.+\/$/, 'a regex begins with ~: ~/.../'],
];

/** Reads the word that a text begins with. */
export function readTerm(text: string): ReadTerm {
	const isNot = text.startsWith('-');
	const start = isNot ? 1 : 0;
	const body = text.slice(start);
	// Begun, it is no plain word yet.
	if (body.startsWith('~')) return readRegex(body, isNot);
	const [head = ''] = headed.exec(body) ?? [];
	const rest = body.slice(head.length);
	const before = start + head.length;
	if (rest.startsWith('"')) {
		const [quoted] = /^"(?:[^"\\]|\\.)*"/s.exec(rest) ?? [];
		if (quoted === undefined) return bad('a quote ends with a quote: "two words"');
		if (goesOn(rest, quoted)) return bad('after a closing quote comes a blank: "two words"');
		const inside = quoted.slice(1, -1).replace(/\\(["\\])/g, '$1');
		if (inside === '' && !head.endsWith('=')) return bad('a quote needs something in it: "two words"');
		return {
			type: 'term',
			isNot,
			term: {type: 'word', head, text: inside, isQuoted: true},
			length: before + quoted.length,
		};
	}

	const [word = ''] = /^\S+/.exec(rest) ?? [];
	const [, sentence] = (head === '' && foreign.find(([pattern]) => pattern.test(word))) || [];
	if (sentence !== undefined) return bad(sentence);
	if (head === '' && (word === '' || (isNot && word.startsWith('-'))))
		return bad('- stands before a word that is not to match: -word');
	return {type: 'term', isNot, term: {type: 'word', head, text: word}, length: before + word.length};
}

function readRegex(body: string, isNot: boolean): ReadTerm {
	const [regex] = /^~\/(?:[^\\/]|\\.)*\//s.exec(body) ?? [];
	if (regex === undefined || regex === '~//') return bad('a regex ends with a slash: ~/.../');
	if (goesOn(body, regex)) return bad('after a regex comes a blank, and a slash in it is \\/: ~/a\\/b/');
	const pattern = regex.slice(2, -1);
	return {type: 'term', isNot, term: {type: 'regex', pattern}, length: (isNot ? 1 : 0) + regex.length};
}

const goesOn = (text: string, read: string) => /^\S/.test(text.slice(read.length));
