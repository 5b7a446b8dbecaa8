/** Where a copied text has gone: into tmux's buffer, or to a terminal, which may not take it; `nowhere`: the terminal has not taken yet what was copied before. */
export type Copied = 'tmux' | 'terminal' | 'nowhere';
