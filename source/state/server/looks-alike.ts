import type {ServerState, State} from '../state.js';

/** What the screen says of a refresh that is overdue comes with the next tick of its clock. */
const unseen: keyof ServerState = 'sampledAt';

/** Whether the two states look the same, because only a refresh was sent between them. A frame for it would cost as much as the one with the answer. */
export function looksAlike(before: State, after: State): boolean {
	const {server, ...others} = before;
	const isOtherwiseSame = (Object.keys(others) as (keyof typeof others)[]).every(
		key => before[key] === after[key],
	);
	if (!isOtherwiseSame) return false;
	const keys = Object.keys({...server, ...after.server}) as (keyof ServerState)[];
	return keys.every(key => key === unseen || server[key] === after.server[key]);
}
