import type {Secret} from '../text/secrets/secret.js';

/** The password for a new attempt to connect that a person has asked for. */
export type LoginAgain =
	/** One that was not refused yet; without one there is no attempt. */
	| {readonly type: 'unrefused'}
	/** What files, environment and command say now. */
	| {readonly type: 'as told'}
	| {readonly type: 'typed'; readonly password: Secret};
