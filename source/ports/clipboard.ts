import type {Copied} from '../domain/copied.js';

/** Gives a text to whatever keeps what a person copies. Never rejects. */
export type Copy = (text: string) => Promise<Copied>;
