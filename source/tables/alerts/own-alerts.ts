import type {Finding} from '../../domain/server/alarms/finding.js';
import {leftOutWords} from '../../domain/server/alarms/left-out-words.js';
import {untracked} from '../../domain/server/alarms/untracked.js';
import {missingRights} from '../../domain/session/missing-rights.js';
import {pictureOf} from '../../state/picture.js';
import type {State} from '../../state/state.js';
import type {Alert} from './alert.js';
import {tellStale} from './stale.js';
import {withoutParts, withoutPicture, withoutRights, withoutStart} from './unchecked.js';

const once = (told: Finding | undefined) => (told === undefined ? [] : [told]);

function tellPrivileges({server: {rights, rightsFailed}}: State): readonly Finding[] {
	if (rightsFailed !== undefined)
		return [{text: `what this role may do can't be read: ${rightsFailed}`, next: 'tried again every minute'}];
	return rights ? missingRights(rights) : [];
}

const hasOpened = ({screen: {alertsReadAt}}: State) => alertsReadAt !== undefined;

/** Whether what is on the screen is of now, and of the same server. */
export const pictureAlerts: readonly Alert[] = [
	{
		name: 'stale',
		tell: tellStale,
		unchecked: state =>
			withoutPicture(state) ?? (state.screen.pausedAt === undefined ? undefined : 'the picture is held'),
		inOrder: () => 'the picture is not old',
		help: 'the picture is old, or there is none: no connection, no answer, or refreshes fail',
	},
	{
		name: 'server',
		tell: ({server: {changed}}) =>
			once(
				changed && {
					...(changed.isCrash && {isRed: true}),
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
		inOrder: () => 'the same server answers, and it was not restarted',
		help: 'another server answers, or it was restarted, or it has crashed and recovered; until `!` was opened',
	},
];

/** What the picture lacks, what this role lacks, and what pgtop leaves behind. */
export const lackAlerts: readonly Alert[] = [
	{
		name: 'left out',
		tell: ({server: {leftOut}}) => leftOutWords(leftOut),
		unchecked: withoutPicture,
		inOrder: () => 'no part of the refresh is left out',
		help: 'a part of the refresh that the server refuses or does not answer in time',
	},
	{
		name: 'untracked',
		tell: state => untracked(pictureOf(state)),
		unchecked: withoutPicture,
		inOrder: () => 'the sessions that this role sees have track_activities on',
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
		unchecked: state => withoutPicture(state) ?? withoutParts(state, ['counters']),
		inOrder: () => 'track_counts is on',
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
		inOrder: () => 'it logs no statements of ours',
		help: 'the server logs statements, those of pgtop too',
	},
	{
		name: 'rights',
		tell: tellPrivileges,
		isRead: hasOpened,
		unchecked: withoutRights,
		inOrder: () => 'this role lacks no right that pgtop can use',
		help: 'what this role may not see or do, with the GRANT; until `!` was opened',
	},
];
