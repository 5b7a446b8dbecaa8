import type {Backend} from '../../source/domain/session/backend.js';
import {backend, invisible, processOf} from '../helpers/state/backend.js';
import {lookingAt, type Play} from '../helpers/state/play.js';

export const commit = {query: 'COMMIT', wait: {type: 'IPC', name: 'SyncRep'}};
export const sender = processOf(60, 'walsender', {state: 'active'});
export const committing = backend(4401, commit);

export const layer = ({state}: Play) => state.screen.layers[0];
export const isOpen = (moment: Play) => layer(moment).type === 'question';
export const works = (moment: Play) => moment.signals().map(({work}) => work);

/** The question about this session is on the screen since now. */
export const asks = (session: Backend, key: 'c' | 'k' = 'k', start: Parameters<typeof lookingAt>[1] = {}) =>
	lookingAt(session, start).types(key).waits(50).reads(session).draws();

/** The facts are read again, with what there is now, as every second while a question is open. */
export const reread = (moment: Play, ...read: Parameters<Play['reads']>) =>
	moment
		.until('facts')
		.reads(...read)
		.draws();

/** Of one line, as somebody reads it. */
export const words = (moment: Play) => moment.question().replace(/\s+/g, ' ');

/** What c and k ask about before they act. */
export const kinds: readonly (readonly [what: string, session: Backend, why: RegExp])[] = [
	['a walsender', sender, /a walsender: /],
	['an autovacuum worker', processOf(61, 'autovacuum worker', {state: 'active'}), /autovacuum worker/],
	['the autovacuum launcher', processOf(62, 'autovacuum launcher'), /the autovacuum launcher/],
	['a logical replication worker', processOf(63, 'logical replication apply worker'), /subscription/],
	['an extension’s worker', processOf(64, 'pg_cron launcher'), /pg_cron launcher/],
	['a type that pgtop does not know', processOf(65, 'slotsync worker'), /slotsync worker/],
	['a process without a type', processOf(66, ''), /no client session/],
	['a base backup', processOf(59, 'walsender', {state: 'active', query: 'BASE_BACKUP'}), /begin anew/],
	['a state that pgtop does not know', backend(67, {state: 'dreaming'}), /dreaming/],
	['a session without a state', backend(68, {state: undefined}), /state/],
	['a session that is not tracked', backend(72, {state: 'disabled'}), /track_activities is off/],
	['a session that this role may not see', invisible(69), /pg_read_all_stats/],
	['a commit that waits for its standby', committing, /committed here/],
	['CREATE INDEX CONCURRENTLY', backend(70, {query: 'CREATE INDEX CONCURRENTLY ON t (a)'}), /CONCURRENTLY/],
	['COMMIT PREPARED', backend(71, {query: "COMMIT PREPARED 'a'"}), /prepared transaction/],
];
