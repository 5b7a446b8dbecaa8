import type {Row} from '../../domain/list/row.js';
import {lockGraphOf} from '../../domain/locks/lock-graph.js';
import {blocksWords, freesWords} from '../../domain/locks/words/frees-words.js';
import {waitsForWords} from '../../domain/locks/words/waits-for-words.js';
import type {Snapshot} from '../../domain/server/snapshot.js';
import type {Backend} from '../../domain/session/backend.js';
import type {Fact} from './session-words.js';

/** Of a session that is not there any more, or may not be, nothing is said: who waited for it may have gone on. */
const isNow = ({isGone, isOfBefore}: Row<Backend>) => !isGone && !isOfBefore;

/** For whom it waits, for how long and for what. */
export function lockWaitFact(row: Row<Backend>, picture: Snapshot | undefined): Fact | undefined {
	const {value, lock, at} = row;
	const text = picture && lock && isNow(row) ? waitsForWords(lock, value, picture, at) : undefined;
	return text === undefined ? undefined : {label: 'waits', words: [{text, styles: ['hurts']}]};
}

/** How many wait for it, and what its end would free. */
export function blocksFact(row: Row<Backend>, picture: Snapshot | undefined): Fact | undefined {
	const {value, lock} = row;
	if (!picture || !lock || lock.blocks === 0 || !isNow(row)) return undefined;
	const {freesOf, isCut} = lockGraphOf(picture);
	const frees = freesWords(freesOf(value.id));
	return {
		label: 'locks',
		words: [
			{text: blocksWords(lock.blocks, isCut), styles: ['hurts']},
			...(frees === undefined ? [] : [{text: `, ${frees}`}]),
		],
	};
}
