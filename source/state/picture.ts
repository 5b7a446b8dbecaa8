import type {Snapshot} from '../domain/server/snapshot.js';
import type {State} from './state.js';

/** The picture on the screen: the last one, or the one that is held. Nobody else reads it from the state, so that a picture of the past can take its place. */
export const pictureOf = ({server}: State): Snapshot | undefined => server.snapshot;
