import type {Finding} from '../../domain/server/alarms/finding.js';
import type {Thresholds} from '../../domain/server/thresholds.js';
import type {State} from '../../state/state.js';

export type Alert = {
	/** As `!` and the manual name it. */
	readonly name: string;
	/** Everything of this kind that is the case now. */
	tell(state: State): readonly Finding[];
	/** Why this can't be checked now; undefined where it can. */
	unchecked(state: State): string | undefined;
	/** What is true when this was checked and is not the case. */
	inOrder(thresholds: Thresholds): string;
	/** Whether a person has seen the alert in `!`, so that it leaves the alert line. */
	isRead?(state: State): boolean;
	readonly help: string;
};
