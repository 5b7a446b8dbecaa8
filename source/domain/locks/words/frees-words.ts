import type {Frees, FreesNothing} from '../frees.js';

/** As a sentence names a session, which may be a prepared transaction. */
export const pidWords = (pid: number): string => (pid === 0 ? 'a prepared transaction' : String(pid));

function whyNobody({type, pid}: FreesNothing): string {
	switch (type) {
		case 'holds it too':
			return `${pidWords(pid)} holds it too`;
		case 'has the row':
			return `${pidWords(pid)} has the row`;
		case 'waits before them':
			return `${pidWords(pid)} waits before them`;
	}
}

/** So many, or at most so many, or between two numbers: `5`, `up to 1`, `1-4`. */
function howMany({least, most}: Frees): string {
	if (least === most) return String(most);
	return least === 0 ? `up to ${most}` : `${least}-${most}`;
}

/** What the end of a session would set free: `frees 5 now`. Of nobody with the reason; undefined where nobody waits for it. */
export function freesWords(frees: Frees): string | undefined {
	const {most, nothing} = frees;
	if (most > 0) return `frees ${howMany(frees)} now`;
	return nothing && `frees 0 now: ${whyNobody(nothing)}`;
}

/** The same where it is no end: `lets 2 go on`. */
export function letsGoOnWords(frees: Frees): string | undefined {
	const {most, nothing} = frees;
	if (most > 0) return `lets ${howMany(frees)} go on`;
	return nothing && `lets nobody go on: ${whyNobody(nothing)}`;
}

/** How many wait for a session; where not all locks were read there may be more. */
export const blocksWords = (blocks: number, isCut: boolean): string => `blocks ${isCut ? '>=' : ''}${blocks}`;
