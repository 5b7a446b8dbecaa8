import type {ServerFacts} from '../../domain/server/snapshot.js';
import type {Backend} from '../../domain/session/backend.js';
import type {Inspection} from '../../domain/session/inspection.js';
import {grantOf, type Rights, whyNotSignalled} from '../../domain/session/rights.js';
import {states} from '../../domain/session/states.js';
import {type Age, ageSince, isFastpath, queryAge, stateAge, xactAge} from '../../domain/session/time.js';
import {cutWords} from '../../domain/session/words/shown-text.js';
import {snapshotWords} from '../../domain/session/words/snapshot-words.js';
import {age, percent} from '../../domain/text/format.js';
import {wrap} from '../../domain/text/wrap.js';
import {pictureOf} from '../../state/picture.js';
import type {State} from '../../state/state.js';
import {type Field, fieldBlanks, type Page} from './page.js';

type Layer = State['screen']['layers'][number];

/** Everything that was read of one session. */
export function detailsPage(
	state: State,
	width: number,
	{pid, inspection, isGone}: Extract<Layer, {type: 'details'}>,
): Page {
	const title = `Session ${pid}${isGone ? '  gone: as it was read last' : ''}`;
	if (!inspection) return {title, fields: [], lines: [isGone ? 'it had ended already' : 'reading']};
	const fields = [
		...fieldsOf(inspection, pictureOf(state)?.server.recovery),
		...rightFields(inspection.backend, state.server.rights),
	];
	return {
		title,
		fields: wrapped(fields, width),
		lines: ['', ...wrap(wholeText(inspection), width)],
	};
}

/** As much of the query as the server has. */
const wholeText = ({text = '', backend}: Inspection) =>
	text !== '' && backend.query?.cut ? `${text}~` : text;

/** A value that is longer than its column goes on in the next row. */
function wrapped(fields: readonly Field[], width: number): readonly Field[] {
	const nameWidth = Math.max(0, ...fields.map(({name}) => name.length));
	return fields.flatMap(({name, value}) =>
		wrap(value, width - nameWidth - fieldBlanks).map((line, index) => ({
			name: index === 0 ? name : '',
			value: line,
		})),
	);
}

/** Why less of the session can be seen, and why it can't be signalled, each with the GRANT that would change that. */
function rightFields(backend: Backend, rights: Rights | undefined): readonly Field[] {
	if (!rights) return [];
	const grant = grantOf('pg_read_all_stats', rights.grantee);
	const why = whyNotSignalled(backend, rights);
	return [
		...(backend.isVisible ? [] : [{name: 'hidden', value: `what it does: needs ${grant}`}]),
		...(why === undefined ? [] : [{name: 'c and k', value: why}]),
	];
}

const isDisabled = ({state}: Backend) => state === states.disabled;

function stateOf(backend: Backend, at: number): string | undefined {
	if (isDisabled(backend)) return 'disabled: track_activities is off for it';
	const since = stateAge(backend, at);
	return backend.state && `${backend.state} since ${since === undefined ? '-' : age(since)}`;
}

function fieldsOf(inspection: Inspection, recovery: ServerFacts['recovery']): readonly Field[] {
	const {backend, at, clientHostname, clientPort, tls, xid, queryId, wraparound} = inspection;
	const ago = (since: Age) => (since === undefined ? '-' : age(since));
	const client = [
		backend.client,
		clientPort === undefined ? undefined : `port ${clientPort}`,
		clientHostname,
		tls,
	];
	// Without an xid, ending the session loses nothing that was written. The page does not say this: about VACUUM it would claim more.
	const written = xid === undefined ? '' : `, has written, xid ${xid}`;
	const rows: readonly (readonly [string, string | undefined])[] = [
		['type', backend.type],
		['user', backend.user],
		['database', backend.database],
		['application', backend.application],
		['client', client.filter(part => part !== undefined).join(' ')],
		[
			'connected',
			backend.backendStart === undefined ? undefined : `${ago(ageSince(backend.backendStart, at))} ago`,
		],
		['state', stateOf(backend, at)],
		['wait', backend.wait && `${backend.wait.type}:${backend.wait.name}`],
		['leader', backend.leaderPid?.toString()],
		[
			'transaction',
			backend.xactStart === undefined ? undefined : `since ${ago(xactAge(backend, at))}${written}`,
		],
		['snapshot', snapshotWords(inspection, recovery)],
		[
			'query',
			isDisabled(backend)
				? 'not tracked'
				: backend.query
					? `${queryAge(backend, at) === undefined ? (isFastpath(backend) ? 'the one before a fastpath call' : 'ended') : `since ${ago(queryAge(backend, at))}`}, ${backend.query.bytes} bytes${backend.query.cut ? `, ${cutWords(backend.query.cut)}` : ''}`
					: backend.isUnread && "can't be read",
		],
		['query_id', queryId],
		['wraparound', wraparound === undefined ? undefined : `its database is at ${percent(wraparound)}`],
	];
	return rows.flatMap(([name, value]) =>
		value === undefined || value === '' ? [] : [{name, value: String(value)}],
	);
}
