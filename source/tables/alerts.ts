import type {Finding} from '../domain/server/alarms/finding.js';
import {leftOutWords} from '../domain/server/alarms/left-out-words.js';
import {untracked} from '../domain/server/alarms/untracked.js';
import {missingRights} from '../domain/session/missing-rights.js';
import {pictureOf} from '../state/picture.js';
import type {State} from '../state/state.js';
import {tellStale} from './stale.js';
import {withoutCounters, withoutPicture, withoutRights, withoutStart} from './unchecked.js';

export type Alert = {
	/** As `!` and the manual name it. */
	readonly name: string;
	/** Everything of this kind that is the case now. */
	tell(state: State): readonly Finding[];
	/** Why this can't be checked now; undefined where it can. */
	unchecked(state: State): string | undefined;
	/** What is true when this was checked and is not the case. */
	readonly inOrder: string;
	/** Whether a person has seen the alert in `!`, so that it leaves the alert line. */
	isRead?(state: State): boolean;
	readonly help: string;
};

const once = (told: Finding | undefined) => (told === undefined ? [] : [told]);

function tellPrivileges({server: {rights, rightsFailed}}: State): readonly Finding[] {
	if (rightsFailed !== undefined)
		return [{text: `what this role may do can't be read: ${rightsFailed}`, next: 'tried again every minute'}];
	return rights ? missingRights(rights) : [];
}

const hasOpened = ({screen: {alertsReadAt}}: State) => alertsReadAt !== undefined;

/** Every alert, the worst first. */
export const alerts: readonly Alert[] = [
	{
		name: 'stale',
		tell: tellStale,
		unchecked: state =>
			withoutPicture(state) ?? (state.screen.pausedAt === undefined ? undefined : 'the picture is held'),
		inOrder: 'the picture is not old',
		help: 'the picture is old, or there is none: no connection, no answer, or refreshes fail',
	},
	{
		name: 'server',
		tell: ({server: {changed}}) =>
			once(
				changed && {
					text: changed.isCrash
						? 'the server crashed and recovered: every session ended'
						: 'this is another server, or it was restarted',
					more: changed.isCrash
						? 'the sessions of before are gone'
						: 'nothing is known of the sessions of before',
				},
			),
		isRead: ({server: {changed}, screen: {alertsReadAt}}) =>
			alertsReadAt !== undefined && alertsReadAt >= (changed?.at ?? 0),
		unchecked: state => withoutPicture(state) ?? withoutStart(state),
		inOrder: 'the same server answers, and it was not restarted',
		help: 'another server answers, or it was restarted, or it has crashed and recovered; until `!` was opened',
	},
	{
		name: 'left out',
		tell: ({server: {leftOut}}) => leftOutWords(leftOut),
		unchecked: withoutPicture,
		inOrder: 'no part of the refresh is left out',
		help: 'a part of the refresh that the server refuses or does not answer in time',
	},
	{
		name: 'untracked',
		tell: state => untracked(pictureOf(state)),
		unchecked: withoutPicture,
		inOrder: 'the sessions that this role sees have track_activities on',
		isRead: hasOpened,
		help: 'sessions that the server does not track: track_activities is off; until `!` was opened',
	},
	{
		name: 'uncounted',
		tell: state =>
			once(
				pictureOf(state)?.counters?.isOff && {
					text: "tps and hit ratio can't be told: track_counts is off",
					more: 'with it off autovacuum does not see what changes either',
				},
			),
		unchecked: state => withoutPicture(state) ?? withoutCounters(state),
		inOrder: 'track_counts is on',
		isRead: hasOpened,
		help: 'the server does not count: track_counts is off; until `!` was opened',
	},
	{
		name: 'logged',
		tell: ({server: {rights}}) =>
			once(
				rights?.loggedBy === undefined
					? undefined
					: {
							text: `the server logs our statements: ${rights.loggedBy}`,
							more:
								rights.isSuperuser && !rights.loggedBy.startsWith('log_transaction_sample_rate')
									? 'a refresh keeps itself out of the log but for a line or two'
									: rights.isSuperuser
										? 'every refresh that is chosen is logged with all its text'
										: 'every refresh is logged with all its text; only a superuser can keep it out of the log',
						},
			),
		unchecked: withoutRights,
		inOrder: 'it logs no statements of ours',
		help: 'the server logs statements, those of pgtop too',
	},
	{
		name: 'rights',
		tell: tellPrivileges,
		isRead: hasOpened,
		unchecked: withoutRights,
		inOrder: 'this role lacks no right that pgtop can use',
		help: 'what this role may not see or do, with the GRANT; until `!` was opened',
	},
];

type Shown = Finding & {readonly name: string};

export const allAlerts = (state: State): readonly Shown[] =>
	alerts.flatMap(({name, tell}) => tell(state).map(told => ({name, ...told})));

const namesFor = (silent: readonly Alert[], state: State, why: string) =>
	silent
		.filter(({unchecked}) => unchecked(state) === why)
		.map(({name}) => name)
		.join(', ');

/** What was checked and found in order, and what could not be checked, with the reason. */
export function unalarmed(state: State): {
	readonly inOrder: readonly string[];
	readonly unchecked: readonly string[];
} {
	const silent = alerts.filter(({tell}) => tell(state).length === 0);
	return {
		inOrder: silent.filter(({unchecked}) => unchecked(state) === undefined).map(({inOrder}) => inOrder),
		unchecked: [...new Set(silent.map(({unchecked}) => unchecked(state)))].flatMap(why =>
			why === undefined ? [] : [`${namesFor(silent, state, why)}: ${why}`],
		),
	};
}

/** The alerts for the alert line. */
export const openAlerts = (state: State): readonly Shown[] =>
	alerts.flatMap(({name, tell, isRead}) =>
		isRead?.(state) ? [] : tell(state).map(told => ({name, ...told})),
	);
