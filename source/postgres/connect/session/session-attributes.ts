import type {Client} from 'pg';
import type {SessionAttributes} from '../connect-target.js';

/** For each kind of session: what to ask for, the answer that is right, and what the others are. */
const checks: Readonly<
	Record<SessionAttributes, readonly [text: string, right: string, otherwise: string] | undefined>
> = {
	any: undefined,
	'read-write': ['show transaction_read_only', 'off', 'is read-only'],
	'read-only': ['show transaction_read_only', 'on', 'is not read-only'],
	primary: ['select pg_catalog.pg_is_in_recovery()', 'false', 'is a standby'],
	standby: ['select pg_catalog.pg_is_in_recovery()', 'true', 'is no standby'],
	'prefer-standby': ['select pg_catalog.pg_is_in_recovery()', 'true', 'is no standby'],
};

/** Says why a session is not of the kind that `target_session_attrs` asks for. Rejects when the server can't be asked. */
export async function attributeMistake(
	client: Client,
	wanted: SessionAttributes,
): Promise<string | undefined> {
	const check = checks[wanted];
	if (!check) return undefined;
	const [text, right, otherwise] = check;
	// No cast: a database may have a type of the same name that is found first.
	const {rows} = await client.query<Readonly<Record<string, unknown>>>(text);
	return String(Object.values(rows[0] ?? {})[0]) === right
		? undefined
		: `${otherwise}, and target_session_attrs is ${wanted}`;
}
