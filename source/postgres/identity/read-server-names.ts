import type {ServerNames} from '../../domain/configuration/server-names.js';
import {faultOf} from '../failures/errors.js';
import {toClean, toInteger} from '../queries/integer.js';
import {rowsOf, type Session} from '../session.js';

/** Since 10, as the function; everybody may call it unless that was revoked. */
const identifierText = 'select system_identifier::text from pg_catalog.pg_control_system()';

/** What is known of a server without asking it, and whether its system identifier matters. */
type Known = Pick<ServerNames, 'hosts'> & {
	readonly service: string | undefined;
	readonly wantsIdentifier: boolean;
};

/** What the server is called that answers now. `clusterName`: where it has just been read. */
export async function readServerNames(
	session: Session,
	{hosts, service, wantsIdentifier}: Known,
	clusterName?: string,
): Promise<ServerNames> {
	const [name, identifier] = await session.together(() =>
		Promise.all([
			clusterName ?? readClusterName(session),
			wantsIdentifier ? readIdentifier(session) : ({} as const),
		]),
	);
	return {
		hosts,
		...(service !== undefined && {service}),
		...(name !== '' && {clusterName: name}),
		...identifier,
	};
}

async function readClusterName(session: Session): Promise<string> {
	const [[name] = []] = rowsOf(await session.message('show cluster_name'));
	return toClean(name) ?? '';
}

type Identifier = Pick<ServerNames, 'systemIdentifier' | 'isIdentifierUnread'>;

/** What the server refuses is not known: then the strictest of all that may hold does. */
async function readIdentifier(session: Session): Promise<Identifier> {
	try {
		const [[cell] = []] = rowsOf(await session.message(identifierText));
		const systemIdentifier = toInteger(cell);
		return systemIdentifier === undefined ? {isIdentifierUnread: true} : {systemIdentifier};
	} catch (error) {
		const {kind} = faultOf(error);
		if (kind === 'lost' || kind === 'timeout') throw error;
		return {isIdentifierUnread: true};
	}
}
