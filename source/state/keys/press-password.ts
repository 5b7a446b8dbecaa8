import type {LoginAgain} from '../../domain/server/login-again.js';
import {longestSecret, secret} from '../../domain/text/secrets/secret.js';
import {withoutLastWord} from '../../domain/text/typed/without-last-word.js';
import type {Key} from '../../terminal/decode.js';
import type {PasswordLine} from '../screen/layers.js';
import {leave} from '../screen/quit.js';
import type {State} from '../state.js';
import {changeLayer, closeLayer, type Step, withHand, withServer} from '../step.js';

const edits: Readonly<Record<string, (text: string) => string>> = {
	backspace: text => [...text].slice(0, -1).join(''),
	'ctrl-u': () => '',
	'ctrl-w': withoutLastWord,
};

/** The text of a key; of a paste, the first line. */
const textOf = ({name, text = ''}: Key) =>
	name === 'paste' ? (text.split(/[\r\n]/)[0] ?? '').replaceAll('\0', '') : text;

const closed = (state: State): State => withHand(closeLayer(state), {isBehindPassword: true});

/** Logs in with what was typed; with nothing typed, as at the start of the program. At most one login comes of this. */
function logInWith(state: State, typed: string, now: number): State {
	const {link} = state.server;
	if (link.type !== 'down') return closed(state);
	const again: LoginAgain = typed === '' ? {type: 'as told'} : {type: 'typed', password: secret(typed)};
	return withServer(closed(state), {link: {...link, tryAt: now, attempts: 0, again}});
}

/** Here every key that writes something is text, and this text is never shown. */
export function pressInPasswordLine(state: State, line: PasswordLine, key: Key, now: number): Step {
	if (key.name === 'ctrl-c') return leave(state, now);
	if (!line.isDrawn) return [state, []];
	const typed = line.typed.reveal();
	switch (key.name) {
		case 'enter':
		case 'ctrl-j':
			return [logInWith(state, typed, now), []];
		case 'escape':
			return [closed(state), []];
		case 'ctrl-d':
			return [typed === '' ? closed(state) : state, []];
		case 'ctrl-l':
			return [state, [{type: 'redraw'}]];
		case 'ctrl-z':
			return [state, [{type: 'suspend'}]];
	}

	const text = edits[key.name]?.(typed) ?? `${typed}${textOf(key)}`.slice(0, longestSecret);
	return [text === typed ? state : changeLayer(state, {...line, typed: secret(text)}), []];
}
