import {spawn} from 'node:child_process';
import type {Writable} from 'node:stream';
import type {Copy} from '../../ports/clipboard.js';
import {osc52} from './osc-52.js';
import {writeUnlessBusy} from './write-unless-busy.js';

type Given = {
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly terminal: Writable;
};

/** How long tmux may take, in milliseconds. */
const tmuxWithin = 2000;

/** Gives a text to tmux, and by that to the clipboard of the terminal around it: tmux's own defaults let no program inside do that by a sequence. */
const loadBuffer = async (text: string): Promise<boolean> =>
	new Promise(resolve => {
		const tmux = spawn('tmux', ['load-buffer', '-w', '-'], {
			stdio: ['pipe', 'ignore', 'ignore'],
			timeout: tmuxWithin,
		});
		tmux.once('error', () => resolve(false));
		tmux.once('close', code => resolve(code === 0));
		// It may end before it has read all.
		tmux.stdin.on('error', () => {});
		tmux.stdin.end(text);
	});

/** Copies by tmux where that runs, else by the terminal. */
export const openClipboard =
	({environment, terminal}: Given): Copy =>
	async text => {
		if (environment.TMUX && (await loadBuffer(text))) return 'tmux';
		const sequence = osc52(text, Boolean(environment.STY) && !environment.TMUX);
		return writeUnlessBusy(terminal, sequence) ? 'terminal' : 'nowhere';
	};
