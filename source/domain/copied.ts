/** Where a copied text has gone: into tmux's buffer, or to a terminal, which may not take it. */
export type Copied = 'tmux' | 'terminal';
