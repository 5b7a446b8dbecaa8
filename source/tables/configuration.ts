import type {Rules} from '../domain/configuration/rules.js';
import type {ThresholdName} from '../domain/server/thresholds.js';
import {sessions} from '../views/sessions/view.js';
import {type Flags, options} from './options.js';

export type Theme = NonNullable<Flags['theme']>;

/** What a value in the configuration file has to be. */
export type ValueKind =
	/** A number in this unit, of which one is so many of what the program counts in. */
	| {
			readonly type: 'number';
			readonly range: readonly [number, number];
			readonly unit?: string;
			readonly scale?: number;
			readonly isWhole?: true;
	  }
	| {readonly type: 'choice'; readonly choices: readonly string[]}
	/** A text with a unit: `"5m"`, `"10GB"`. */
	| {readonly type: 'time' | 'size'; readonly range: readonly [string, string]}
	| {readonly type: 'columns' | 'sort' | 'switch' | 'roles'};

export type ConfigurationKey = ValueKind & {
	readonly help: string;
	/** It stands above all sections only, or in the section of a server only. */
	readonly isOnly?: 'top' | 'section';
};

/** What holds where nobody has said anything, of what the domain has no default for. */
export const usually = {
	interval: {value: options.interval.default * 1000, from: 'default'},
	theme: {value: options.theme.default, from: 'default'},
	sort: {value: {column: sessions.sortedBy, isReversed: false}, from: 'default'},
} as const;

/** Every key but the thresholds, by the name of its rule. The check, `--show-config` and the manual come from here. */
export const configurationKeys = {
	columns: {type: 'columns', help: 'the columns, in their order on the screen'},
	sort: {type: 'sort', help: 'what the list is sorted by; `-` in front reverses it'},
	interval: {
		type: 'number',
		range: options.interval.range,
		unit: options.interval.value.toLowerCase(),
		scale: 1000,
		help: options.interval.help,
	},
	theme: {type: 'choice', choices: options.theme.choices, isOnly: 'top', help: options.theme.help},
	confirm: {type: 'choice', choices: options.confirm.choices, help: options.confirm.help},
	isReadOnly: {type: 'switch', help: options.readOnly.help},
	isProduction: {
		type: 'switch',
		isOnly: 'section',
		help: 'a red label, and what stands above under Production',
	},
	serviceRoles: {
		type: 'roles',
		help: 'roles of the hosting service: their sessions are shown with the background processes',
	},
} as const satisfies Readonly<Record<Exclude<keyof Rules, 'thresholds'> | 'theme', ConfigurationKey>>;

const share = {type: 'number', range: [0, 1]} as const;
const time = {type: 'time', range: ['1s', '365d']} as const;

/** The keys of `[thresholds]`: from where on something is an alert, or stands out. */
export const thresholdKeys: Readonly<Record<ThresholdName, ConfigurationKey>> = {
	lockWait: {...time, help: 'somebody waits for a lock'},
	leastSlots: {
		type: 'number',
		range: [0, 10_000],
		isWhole: true,
		help: 'fewer connection slots than so many are left',
	},
	leastSlotsShare: {...share, help: 'or fewer than this share of all'},
	wraparoundShare: {...share, help: 'transaction ids used, of those before the server stops'},
	wraparoundOverFreeze: {
		type: 'number',
		range: [1, 20],
		help: 'and so many times the age at which the server freezes by itself',
	},
	wraparoundRedShare: {...share, help: 'the same share, in red'},
	horizonXids: {
		type: 'number',
		range: [1, 2_000_000_000],
		isWhole: true,
		help: 'rows that nobody sees are kept for so many transactions',
	},
	horizonTime: {...time, help: 'rows that nobody sees are kept for so long by one session'},
	idleInTransaction: {...time, help: 'a session is idle in its transaction'},
	idleInTransactionRed: {...time, help: 'the same, in red'},
	syncWait: {...time, help: 'a commit waits for a standby'},
	slotBytes: {type: 'size', range: ['1MB', '1024TB'], help: 'WAL that a replication slot holds'},
	slotShareOfLimit: {...share, help: 'the same as a share of max_slot_wal_keep_size'},
	standbyLag: {...time, help: 'a standby lags'},
};

/** How the file calls a rule or a threshold: `isReadOnly` → `read-only`. */
export const keyName = (name: string): string =>
	name
		.replace(/^is(?=[A-Z])/, '')
		.replace(/[A-Z]/g, (letter, at) => (at === 0 ? '' : '-') + letter.toLowerCase());

/** What a key takes, for a sentence and for the manual. */
export function takes(kind: ValueKind): string {
	switch (kind.type) {
		case 'number':
			return [kind.isWhole ? 'a whole number,' : '', kind.range.join(' to '), kind.unit ?? '']
				.filter(word => word !== '')
				.join(' ');
		case 'choice':
			return kind.choices.map(choice => `"${choice}"`).join(', ');
		case 'time':
			return `a time such as "5m", from ${kind.range.join(' to ')}`;
		case 'size':
			return `a size such as "10GB", from ${kind.range.join(' to ')}`;
		case 'columns':
			return 'names of columns such as ["pid", "query"]';
		case 'sort':
			return 'the name of a column, "time" or "-time"';
		case 'switch':
			return 'true or false';
		case 'roles':
			return 'names of roles such as ["rdsadmin"]';
	}
}
