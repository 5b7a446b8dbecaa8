import type {Flags} from '../tables/options.js';

/** What c and k may do in a run: `dry` asks the guard and sends nothing. `isPlain`: it prints one picture, and takes no keys. */
export function signalsOf({readOnly, dryRun}: Pick<Flags, 'readOnly' | 'dryRun'>, isPlain: boolean) {
	if (readOnly || isPlain) return 'none';
	return dryRun ? 'dry' : 'sent';
}
