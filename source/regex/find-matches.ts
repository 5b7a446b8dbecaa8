import {type Context, createContext, Script} from 'node:vm';
import {regexFlags} from '../domain/list/filter/regex-flags.js';

/** Only this ever runs there. The pattern and the texts are data, and all that comes back are numbers. */
const code = `
	(() => {
		const regex = new RegExp(pattern, flags);
		const all = texts;
		const to = found;
		for (let index = 0; index < all.length; index++) to[index] = regex.test(all[index]) ? 1 : 2;
	})()`;

type Given = {pattern: string; flags: string; texts: readonly string[]; found: Uint8Array};

const nothing: Given = {pattern: '', flags: '', texts: [], found: new Uint8Array()};

/** Made at the first regex: at the start it would cost time for nothing. */
let room: {readonly script: Script; readonly context: Context; readonly given: Given} | undefined;

function openRoom() {
	const given: Given = Object.assign(Object.create(null), nothing);
	const context = createContext(given, {codeGeneration: {strings: false, wasm: false}});
	return {script: new Script(code), context, given};
}

/**
Which texts a person's regex matches, in their order.

A regex can run for ever on some texts, and nothing else goes on meanwhile: after the limit it is stopped. Then there are fewer answers than texts, and the first text without one is that which it was stopped in. It also ends so where the engine gives up, because it would take too much memory.
*/
export function findMatches(pattern: string, texts: readonly string[], limitMs = 20): readonly boolean[] {
	room ??= openRoom();
	const {script, context, given} = room;
	const found = new Uint8Array(texts.length);
	try {
		Object.assign(given, {pattern, flags: regexFlags(pattern), texts, found});
		script.runInContext(context, {timeout: limitMs});
	} catch {
		// What it has found by then counts.
	} finally {
		Object.assign(given, nothing);
	}

	const end = found.indexOf(0);
	return Array.from(end === -1 ? found : found.subarray(0, end), one => one === 1);
}
