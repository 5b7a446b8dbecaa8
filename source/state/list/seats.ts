import type {RowId} from '../../domain/row-id.js';
import type {State} from '../state.js';
import type {Drawn, DrawnRow, Frame, FrameRow, Seat, Taken} from './frame.js';

/** How long a row must have been in its line, or highlighted, before a key acts on it; in milliseconds. */
export const lookFor = 500;

const nothing: Drawn = {seats: new Map()};

/** What is on the screen when a frame has reached the terminal. Until a new picture is drawn nothing counts as looked at. */
export function drawnAfter(
	{drawn: before, blindSince}: State['screen'],
	frame: Frame,
	now: number,
): Drawn | undefined {
	const after = blindSince === undefined ? seated(before ?? nothing, frame, now) : nothing;
	return isSameDrawn(before ?? nothing, after) ? before : after;
}

function seated(before: Drawn, {rows, highlighted: id}: Frame, now: number): Drawn {
	const seats = new Map(
		rows.map(row => [row.backend.id, seatOf(before.seats.get(row.backend.id), row, now)]),
	);
	if (id === undefined) return {seats};
	const highlighted = before.highlighted?.id === id ? before.highlighted : {id, since: now};
	return {seats, highlighted};
}

function seatOf(before: Seat | undefined, {line, backend, taken}: FrameRow, now: number): Seat {
	const isInPlace = before !== undefined && before.line === line;
	const looks = before?.looks ?? [];
	const last = looks.at(-1);
	// In each picture an unchanged session is the same object, and only older: it was looked at anew.
	const isSameLook = last?.backend === backend && isSameTaken(last.taken, taken);
	if (isInPlace && isSameLook) return before;
	const look = {backend, taken, drawnAt: now};
	const seen = looks.findLastIndex(({drawnAt}) => drawnAt <= now - lookFor);
	const since = isInPlace ? before.since : now;
	const all = isSameLook ? looks : [...looks.slice(Math.max(0, seen)), look];
	return line === undefined ? {since, looks: all} : {line, since, looks: all};
}

const isSameTaken = (one: Taken, other: Taken) => one.at === other.at && one.startedAt === other.startedAt;

const isSameDrawn = (one: Drawn, other: Drawn) =>
	one.highlighted === other.highlighted &&
	one.seats.size === other.seats.size &&
	[...other.seats].every(([id, seat]) => one.seats.get(id) === seat);

/** The highlighted row, with the values that a person has had the time to look at; undefined while it is too new there. */
export function lookedAt(state: State, id: RowId, now: number): DrawnRow | undefined {
	const {drawn: shown, blindSince} = state.screen;
	const seat = shown?.seats.get(id);
	const {highlighted} = shown ?? {};
	if (!seat || highlighted?.id !== id || blindSince !== undefined) return undefined;
	const isSettled = seat.line !== undefined && now - seat.since >= lookFor;
	if (!isSettled && now - highlighted.since < lookFor) return undefined;
	return seat.looks.findLast(({drawnAt}) => drawnAt <= now - lookFor);
}
