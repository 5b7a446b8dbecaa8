/** What some bytes begin with. `length` of them are used up: for the key `name`, or, without a name, for nothing. */
export type KeyRead = {
	readonly length: number;
	readonly name?: string;
	readonly text?: string;
	readonly isBroken?: true;
};

/** How long the rest of a sequence may take to come, in milliseconds. */
export const sequencePatience = 200;

const longestControl = 64;
const longestString = 8192;

const cursorNames: Readonly<Record<string, string>> = {
	A: 'up',
	B: 'down',
	C: 'right',
	D: 'left',
	F: 'end',
	H: 'home',
	P: 'f1',
	Q: 'f2',
	R: 'f3',
	S: 'f4',
};

const tildeNames: Readonly<Record<string, string>> = {
	1: 'home',
	2: 'insert',
	3: 'delete',
	4: 'end',
	5: 'pageup',
	6: 'pagedown',
	7: 'home',
	8: 'end',
	11: 'f1',
	12: 'f2',
	13: 'f3',
	14: 'f4',
	15: 'f5',
	17: 'f6',
	18: 'f7',
	19: 'f8',
	20: 'f9',
	21: 'f10',
	23: 'f11',
	24: 'f12',
};

/** Reads the control sequence (`ESC [`, `ESC O`) that starts at `from`. It is swallowed whole, whatever it says. */
export function readControl(input: string, from: number): KeyRead | undefined {
	const isSingleShift = input[from + 1] === 'O';
	let end = from + 2;
	// The Linux console writes F1 to F5 as `ESC [ [ A`, against the grammar.
	if (!isSingleShift && input[end] === '[') end++;
	while (end < input.length && /[ -?]/.test(input.charAt(end)) && end - from < longestControl) end++;
	const length = end - from;
	if (length >= longestControl) return {length, isBroken: true};
	if (end >= input.length) return undefined;
	if (!/[@-~]/.test(input.charAt(end))) return {length, isBroken: true};

	const body = input.slice(from + 2, end + 1);
	// The oldest mouse report has three bytes after its end, any of which could look like a key.
	if (!isSingleShift && body === 'M') return readMouse(input, from);
	const name = isSingleShift ? nameOfSingleShift(body) : nameOfControl(body);
	return {length: length + 1, name};
}

function readMouse(input: string, from: number): KeyRead | undefined {
	for (let end = from + 3; end < from + 6; end++) {
		if (end >= input.length) return undefined;
		if (input.charCodeAt(end) < 0x20) return {length: end - from, isBroken: true};
	}

	return {length: 6, name: 'unknown'};
}

/** Reads the string that starts at `from`, up to BEL or `ESC \`. Such a string (`ESC ]`, `ESC P`, …) is a terminal's long answer. */
export function readString(input: string, from: number): KeyRead | undefined {
	let end = from + 2;
	while (
		end < input.length &&
		input[end] !== '\u0007' &&
		input[end] !== '\u001B' &&
		end - from < longestString
	)
		end++;
	const length = end - from;
	if (length >= longestString) return {length, isBroken: true};
	if (end >= input.length) return undefined;
	if (input[end] === '\u0007') return {length: length + 1, name: 'unknown'};
	if (end + 1 >= input.length) return undefined;
	return input[end + 1] === '\\' ? {length: length + 2, name: 'unknown'} : {length, isBroken: true};
}

function nameOfSingleShift(body: string): string {
	if (body === 'M') return 'enter';
	if (body === 'I') return 'tab';
	return nameOfControl(body);
}

function nameOfControl(body: string): string {
	if (body === 'Z') return 'shift-tab';
	if (/^\[[A-E]$/.test(body)) return `f${body.charCodeAt(1) - 0x40}`;
	// `1;5R` may be Ctrl-F3 or a cursor position, so it names no key.
	const cursor = /^(?:1;(\d{1,3}))?([ABCDFHPQRS])$/.exec(body);
	if (cursor?.[2] === 'R' && cursor[1] !== undefined) return 'unknown';
	if (cursor) return withModifiers(cursorNames[cursor[2] ?? ''], cursor[1]);
	const tilde = /^(\d{1,2})(?:;(\d{1,3}))?~$/.exec(body);
	return withModifiers(tildeNames[tilde?.[1] ?? ''], tilde?.[2]);
}

function withModifiers(name: string | undefined, modifiers = '1'): string {
	if (name === undefined) return 'unknown';
	const bits = Number(modifiers) - 1;
	// With a lock, or a key that no binding knows (Super, Hyper), it must not pass for the bare key.
	if (bits < 0 || bits > 7) return 'unknown';
	return `${bits & 4 ? 'ctrl-' : ''}${bits & 2 ? 'alt-' : ''}${bits & 1 ? 'shift-' : ''}${name}`;
}
