import type {Snapshot} from '../../../domain/server/snapshot.js';
import type {Inspection} from '../../../domain/session/inspection.js';
import type {ProcessUse} from '../../../domain/session/process-use.js';
import type {SeenStatement} from '../../../domain/session/seen.js';
import type {State} from '../../../state/state.js';
import {sessionGroups} from './session-groups.js';

type Beside = {
	readonly settings: State['settings'];
	readonly picture: Snapshot | undefined;
	readonly seen: readonly SeenStatement[];
	readonly use: ProcessUse | undefined;
};

/** A session as text for a ticket: what the details show, with the server and the time, and the query as the session wrote it. */
export function sessionText(read: Inspection, {settings, picture, seen, use}: Beside): string {
	const {does, is} = sessionGroups(read, {picture, seen, use});
	const fields = [...does, ...is];
	const width = Math.max(0, ...fields.map(({name}) => name.length));
	const rows = fields.flatMap(({group, name, value}) => [
		...(group === undefined ? [] : ['', group]),
		`  ${name.padEnd(width)}  ${value}`,
	]);
	const {text = '', backend} = read;
	const {cut} = backend.query ?? {};
	const version = picture ? `, PostgreSQL ${picture.server.version}` : '';
	return [
		`session ${backend.pid} of ${settings.target}${version}`,
		`at ${new Date(read.at / 1000).toISOString()}, by pgtop ${settings.version}`,
		...rows,
		...(text === '' ? [] : ['', cut ? `${text}~` : text]),
		'',
	].join('\n');
}
