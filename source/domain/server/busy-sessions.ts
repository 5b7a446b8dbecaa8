import {ofLast} from '../of-last.js';
import {states} from '../session/states.js';
import type {Snapshot} from './snapshot.js';

/** All but those that do nothing and hold nothing open. Of thousands of sessions most are idle, and a dozen questions are not about them. */
export const busySessions = ofLast(({backends}: Snapshot) =>
	backends.filter(({state, xid, xmin}) => state !== states.idle || xid !== undefined || xmin !== undefined),
);
