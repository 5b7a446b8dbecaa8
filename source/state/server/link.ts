import type {Trouble} from '../../domain/server/trouble.js';
import type {Action} from '../action.js';
import type {Deadline} from '../deadline.js';
import {askForPassword} from '../screen/password-line.js';
import {unanswered} from '../signal/answered.js';
import {closeByItself} from '../signal/question/ask.js';
import {withoutLocks} from '../signal/watch/locks.js';
import {watchAgain} from '../signal/watch/looks.js';
import type {ServerState, State} from '../state.js';
import {withHand, withScreen, withServer, withStatus} from '../step.js';
import {askRefused} from './parts.js';
import {withRules} from './rules/names.js';

const firstBackoff = 250;
const longestBackoff = 5000;

/** A connection that breaks sooner than this was none that helps, in milliseconds: a server may end every session that is idle for a moment. */
const steadyAfter = 5000;

const backoffAfter = (attempts: number) => Math.min(longestBackoff, firstBackoff * 2 ** attempts);

/** The connection broke. The last picture stays, and a signal without an answer may or may not have been sent. */
export function linkLost(state: State, {why, hint}: Trouble, now: number): State {
	const {link: before} = state.server;
	if (before.type !== 'up') return state;
	const {back} = before;
	const attempts = back && now - back.at < steadyAfter ? back.attempts : 0;
	const told = {why, ...(hint !== undefined && {hint})};
	const link = {
		type: 'down',
		lostAt: now,
		lostBy: why,
		tryAt: now + backoffAfter(attempts),
		attempts,
		...told,
	} as const;
	const down = withServer(state, {
		link,
		sampledAt: undefined,
		isLooking: false,
		awaitedNames: undefined,
	});
	const blind = withHand(withScreen(down, {drawn: undefined, blindSince: now}), {
		armed: undefined,
		copying: undefined,
	});
	const closed = closeByItself(blind, 'the connection was lost: nothing was sent', now);
	return unanswered(withoutLocks(closed), now);
}

const named = (state: State, name: string | undefined): State =>
	name === undefined || name === state.settings.target
		? state
		: {...state, settings: {...state.settings, target: name}};

export const nextTry: Deadline = {
	name: 'next try to connect',
	at: ({server: {link}}) => (link.type === 'down' ? link.tryAt : undefined),
	act(state) {
		const {link} = state.server;
		if (link.type !== 'down') return [state, []];
		const {lostAt, lostBy, attempts, why, again, refusedAt} = link;
		const was = {...(lostBy !== undefined && {lostBy}), ...(refusedAt !== undefined && {refusedAt})};
		const mayAsk = again?.type === 'unrefused' && ({mayAsk: true} as const);
		return [
			withServer(state, {
				link: {...was, type: 'connecting', lostAt, attempts: attempts + 1, why, ...mayAsk},
			}),
			[{type: 'connect', ...(again && {again})}],
		];
	},
};

type LinkFailed = Omit<Extract<Action, {type: 'link-failed'}>, 'type'>;

/** A refused login is not tried again by itself: only `r` does it, and asks for another password where one may help. */
export function linkFailed(state: State, {why, isFinal, isOld, passwordFor}: LinkFailed, now: number): State {
	const {link} = state.server;
	if (link.type !== 'connecting') return state;
	const {lostAt = now, lostBy, attempts, mayAsk, refusedAt} = link;
	const backoff = isFinal ? Infinity : backoffAfter(attempts);
	const wanting = passwordFor !== undefined && {passwordFor};
	const down = withServer(state, {
		link: {
			type: 'down',
			lostAt,
			...(lostBy !== undefined && {lostBy}),
			tryAt: now + backoff,
			attempts,
			why,
			...(isFinal && {refusedAt: (isOld && refusedAt) || now}),
			...wanting,
		},
	});
	return mayAsk && passwordFor !== undefined ? askForPassword(down, passwordFor) : down;
}

/** For `r`: a new picture, which asks for refused parts again, and for those whose pace is not over; without a connection, a new try to connect. */
export function refresh(state: State, now: number): State {
	const {link} = state.server;
	return link.type === 'down'
		? withServer(state, {link: {...link, tryAt: now, attempts: 0, again: {type: 'unrefused'}}})
		: withServer(awaiting(state), {
				nextSampleAt: now,
				isIdentifying: undefined,
				leftOut: askRefused(state.server, now),
				locksAt: undefined,
				readAt: {},
			});
}

/** Where the server hangs, the key must not look like nothing. */
const awaiting = (state: State): State =>
	withStatus(state, {note: {text: 'refreshing', isOfRefresh: true, isOfWaiting: true}});

/** While a picture is held, the next one is not shown: it only tells which server answers. */
export const identifyingWhileHeld = ({screen: {pausedAt}}: State): Partial<ServerState> =>
	pausedAt === undefined ? {} : {isIdentifying: true};

const upAgain = ({server: {link}}: State, now: number): ServerState['link'] => ({
	type: 'up',
	...(link.type === 'connecting' && {back: {at: now, attempts: link.attempts}}),
});

type Linked = Omit<Extract<Action, {type: 'linked'}>, 'type'>;

export const linked = (state: State, {name, parts, names}: Linked, now: number): State =>
	watchAgain(
		withServer(withRules(named(state, name), names), {
			link: upAgain(state, now),
			nextSampleAt: now,
			failures: 0,
			pictures: 0,
			sampledAt: undefined,
			...identifyingWhileHeld(state),
			parts,
			readAt: {},
			uses: undefined,
			leftOut: [],
			locksAt: undefined,
			nextRightsAt: now,
		}),
		now,
	);
