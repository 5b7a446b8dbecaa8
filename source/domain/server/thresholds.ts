const second = 1e6;
const minute = 60 * second;
const gigabyte = 1024 ** 3;

/** The name of each threshold. */
export type ThresholdName =
	| 'lockWait'
	| 'leastSlots'
	| 'leastSlotsShare'
	| 'wraparoundShare'
	| 'wraparoundOverFreeze'
	| 'wraparoundRedShare'
	| 'horizonXids'
	| 'horizonTime'
	| 'idleInTransaction'
	| 'idleInTransactionRed'
	| 'syncWait'
	| 'slotBytes'
	| 'slotShareOfLimit'
	| 'standbyLag';

export type Thresholds = {readonly [name in ThresholdName]: number};

/** From where on something is an alert, or stands out in the header: times in microseconds of the server's clock, sizes in bytes, ages of transaction ids in transactions. */
export const thresholds: Thresholds = {
	/** How long somebody waits for a lock. */
	lockWait: second,
	/** Fewer connection slots than this are left, and fewer than this share of all. */
	leastSlots: 5,
	leastSlotsShare: 0.05,
	/** Of the ids that there are before the server stops: open from this share on, and from so many times the age at which it freezes by itself. */
	wraparoundShare: 0.4,
	wraparoundOverFreeze: 1.1,
	wraparoundRedShare: 0.75,
	/** Rows that nobody sees any more are kept for so many transactions, or by one session for so long. */
	horizonXids: 10_000_000,
	horizonTime: 60 * minute,
	idleInTransaction: 5 * minute,
	idleInTransactionRed: 30 * minute,
	/** How long a commit waits for a standby. */
	syncWait: 10 * second,
	slotBytes: 10 * gigabyte,
	slotShareOfLimit: 0.5,
	standbyLag: 30 * second,
};
