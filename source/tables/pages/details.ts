import type {Backend} from '../../domain/session/backend.js';
import type {Inspection} from '../../domain/session/inspection.js';
import {grantOf, type Rights, whyNotSignalled} from '../../domain/session/rights.js';
import {seenOf} from '../../domain/session/seen.js';
import {pictureOf} from '../../state/picture.js';
import type {State} from '../../state/state.js';
import {type Field, leftOf, type Page} from './page.js';
import {queryLines} from './query-lines.js';
import {groupOf, sessionGroups} from './session/session-groups.js';
import {wrappedFields} from './wrapped-fields.js';

type Layer = State['screen']['layers'][number];

/** From this width on rows stand in two columns. */
const wideFrom = 100;

/** Everything that was read of one session. */
export function detailsPage(
	state: State,
	width: number,
	{pid, id, inspection, isGone, formatted}: Extract<Layer, {type: 'details'}>,
): Page {
	const title = `Session ${pid}${isGone ? '  gone: as it was read last' : ''}`;
	if (!inspection) return {title, fields: [], lines: [isGone ? 'it had ended already' : 'reading']};
	const {server} = state;
	const {does, is} = sessionGroups(inspection, {
		picture: pictureOf(state),
		seen: seenOf(server.seen, id),
		use: server.uses?.get(id),
	});
	const rest = [...is, ...rightFields(inspection.backend, server.rights)];
	const isFormatted = formatted !== undefined && formatted.of === inspection.text;
	const text = (isFormatted ? formatted.text : undefined) ?? wholeText(inspection);
	const lines = ['', ...queryLines(text, width)];
	if (width < wideFrom) return {title, fields: wrappedFields([...does, ...rest], width), lines};
	const left = leftOf(width);
	return {
		title,
		fields: wrappedFields(does, left),
		beside: wrappedFields(rest, width - left),
		lines,
	};
}

/** As much of the query as the server has. */
const wholeText = ({text = '', backend}: Inspection) =>
	text !== '' && backend.query?.cut ? `${text}~` : text;

/** Why less of the session can be seen, and why it can't be signalled, each with the GRANT that would change that. */
function rightFields(backend: Backend, rights: Rights | undefined): readonly Field[] {
	if (!rights) return [];
	const grant = grantOf('pg_read_all_stats', rights.grantee);
	return groupOf('rights', [
		['hidden', backend.isVisible ? undefined : `what it does: needs ${grant}`],
		['c and k', whyNotSignalled(backend, rights)],
	]);
}
