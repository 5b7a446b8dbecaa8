import {type Context, createContext, Script} from 'node:vm';
import {regexFlags} from '../domain/list/filter/regex-flags.js';

/** Only this ever runs there. The pattern and the texts are data, and what comes back is one string of 0 and 1. */
const code = `
	(() => {
		const regex = new RegExp(pattern, flags);
		const all = texts;
		let found = '';
		for (let index = 0; index < all.length; index++) found += regex.test(all[index]) ? '1' : '0';
		return found;
	})()`;

type Given = {pattern: string; flags: string; texts: readonly string[]};

const nothing: Given = {pattern: '', flags: '', texts: []};

/** Made at the first regex: at the start it would cost time for nothing. */
let room: {readonly script: Script; readonly context: Context; readonly given: Given} | undefined;

function openRoom() {
	const given: Given = Object.assign(Object.create(null), nothing);
	const context = createContext(given, {codeGeneration: {strings: false, wasm: false}});
	return {script: new Script(code), context, given};
}

/**
Which texts a person's regex matches.

A regex can run for ever on some texts, and nothing else goes on meanwhile: after the limit it is stopped. Too slow is also one that the engine gives up, because it would take too much memory.
*/
export function findMatches(
	pattern: string,
	texts: readonly string[],
	limitMs = 20,
): readonly boolean[] | 'too slow' {
	room ??= openRoom();
	const {script, context, given} = room;
	try {
		Object.assign(given, {pattern, flags: regexFlags(pattern), texts});
		const found: unknown = script.runInContext(context, {timeout: limitMs});
		return Array.from(String(found), one => one === '1');
	} catch {
		return 'too slow';
	} finally {
		Object.assign(given, nothing);
	}
}
