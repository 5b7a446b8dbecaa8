import type {Rights} from '../../domain/session/rights.js';
import type {Deadline} from '../deadline.js';
import type {State} from '../state.js';
import {withServer} from '../step.js';
import {askRefused} from './parts.js';

/** How often the rights are read, in milliseconds: apart from the list, because they change seldom. */
const readEvery = 60_000;

/** Rights are read after the first picture, which must not wait for them. */
export const nextRights: Deadline = {
	name: 'next rights',
	at: ({server: {link, pictures, nextRightsAt}, screen: {pausedAt}}) =>
		link.type === 'up' && pictures > 0 && pausedAt === undefined ? nextRightsAt : undefined,
	act: state => [withServer(state, {nextRightsAt: Infinity}), [{type: 'rights'}]],
};

/** Parts that were refused under other rights may be allowed under these. */
export function rightsRead(state: State, rights: Rights, now: number): State {
	const {rights: before, rightsFailed: failed} = state.server;
	const isSame = before ? isSameRole(before, rights) : failed === undefined;
	return withServer(state, {
		rights,
		rightsFailed: undefined,
		nextRightsAt: now + readEvery,
		...(!isSame && {leftOut: askRefused(state.server, now)}),
	});
}

/** Without `owners`: whose sessions there are changes all the time, and is no right of this role. */
const isSameRole = ({owners: _, ...before}: Rights, {owners: __, ...after}: Rights) =>
	JSON.stringify(before) === JSON.stringify(after);

export const rightsFailed = (state: State, why: string, now: number): State =>
	withServer(state, {rightsFailed: why, nextRightsAt: now + readEvery});
