import type {Signal} from '../signal/target.js';
import type {Backend} from './backend.js';

/** Whom a GRANT would be for. */
export type Grantee = {
	/** The name of this role as SQL takes it; absent when making it safe to print has changed it. */
	readonly name?: string;
	/** What lets this role use the rights of a granted role: the GRANT itself, an option of the GRANT (16+), or an attribute of this role. */
	readonly inheritsBy: 'itself' | 'option' | 'attribute';
};

/** What the role that pgtop is connected as may see and do, on this server and at this moment. */
export type Rights = {
	readonly isSuperuser: boolean;
	/** States, queries, waits and ages of all sessions: pg_read_all_stats. */
	readonly seesAll: boolean;
	/** Sessions of all roles but superusers: pg_signal_backend. */
	readonly signalsAll: boolean;
	/** Which of the processes without an owner it may signal. */
	readonly signalsOwnerless: 'none' | 'autovacuum workers' | 'all';
	/** Autovacuum workers have a role of their own that gives the right to signal them: since 18. */
	readonly hasAutovacuumRole: boolean;
	/** What each role that has sessions is to this one, by oid. `own`: this role itself, or one whose rights it has. */
	readonly owners: Readonly<Record<string, 'own' | 'other' | 'superuser'>>;
	readonly grantee: Grantee;
	/** The functions for c and k, and for the guard before them, that this role may not call: they are revoked from PUBLIC. As a GRANT names them. */
	readonly revoked: Readonly<Partial<Record<Signal, readonly string[]>>>;
	/** The server's other functions and tables that this role may not call or read, as a GRANT names them. */
	readonly refused: readonly string[];
	/** The setting by which the server logs our statements: `log_statement = all`. */
	readonly loggedBy?: string;
};

/** The statement to paste that would grant `role` to this one; only the name of `role` where that of this one is absent. */
export function grantOf(role: string, {name, inheritsBy}: Grantee): string {
	if (name === undefined) return `the role ${role}`;
	const grant = `GRANT ${role} TO ${name}`;
	switch (inheritsBy) {
		case 'itself':
			return grant;
		case 'option':
			return `${grant} WITH INHERIT TRUE`;
		case 'attribute':
			return `${grant}; ALTER ROLE ${name} INHERIT`;
	}
}

/** The same for a function. */
export const executeOf = (functions: string, {name}: Grantee): string =>
	name === undefined ? `EXECUTE on ${functions}` : `GRANT EXECUTE ON FUNCTION ${functions} TO ${name}`;

const selectOf = (tables: string, {name}: Grantee): string =>
	name === undefined ? `SELECT on ${tables}` : `GRANT SELECT ON ${tables} TO ${name}`;

export const superuserOnly = 'superuser only: nobody here can';

/** A process without an owner and with a hidden type: it may be an autovacuum worker. */
const isUntold = ({type, userId}: Backend) => type === undefined && !userId;

const isAutovacuum = (backend: Backend) => backend.kind === 'autovacuum worker' || isUntold(backend);

/** Whether the server would let this role signal the session. An owner unknown when the rights were read counts as one that it may signal. */
export function maySignal(backend: Backend, rights: Rights): boolean {
	const {kind, userId} = backend;
	if (kind === 'unsignallable') return false;
	if (rights.isSuperuser) return true;
	if (rights.revoked.cancel !== undefined && rights.revoked.terminate !== undefined) return false;
	if (!userId) {
		return (
			rights.signalsOwnerless === 'all' ||
			(rights.signalsOwnerless === 'autovacuum workers' && isAutovacuum(backend))
		);
	}

	const owner = rights.owners[userId];
	return owner !== 'superuser' && (owner !== 'other' || rights.signalsAll);
}

/** Why this role may not signal the session, or what would change that. Undefined where it may with this key; without a key, where it may with one of the two. */
export function whyNotSignalled(backend: Backend, rights: Rights, signal?: Signal): string | undefined {
	if (backend.kind === 'unsignallable') return "SQL can't signal it";
	if (rights.isSuperuser) return undefined;
	const why = maySignal(backend, {...rights, revoked: {}}) ? undefined : whyNotByRole(backend, rights);
	const revoked = revokedFor(rights, signal);
	if (revoked.length === 0 || (why !== undefined && !why.startsWith('needs '))) return why;
	return `${why === undefined ? 'needs ' : `${why}; `}${executeOf(revoked.join(', '), rights.grantee)}`;
}

/** The functions that are in the way: for one key its own, for both keys only when neither works. */
function revokedFor({revoked}: Rights, signal: Signal | undefined): readonly string[] {
	const {cancel = [], terminate = []} = revoked;
	if (signal !== undefined) return {cancel, terminate}[signal];
	return cancel.length === 0 || terminate.length === 0 ? [] : [...new Set([...cancel, ...terminate])];
}

function whyNotByRole(backend: Backend, rights: Rights): string {
	if (rights.hasAutovacuumRole && isUntold(backend))
		return 'superuser only, unless it is an autovacuum worker';
	if (rights.hasAutovacuumRole && isAutovacuum(backend))
		return `needs ${grantOf('pg_signal_autovacuum_worker', rights.grantee)}`;
	return !backend.userId || rights.owners[backend.userId] === 'superuser'
		? superuserOnly
		: `needs ${grantOf('pg_signal_backend', rights.grantee)}`;
}

/** The statements to paste that would let this role call and read what was revoked from everybody; undefined where nothing is missing. */
export function grantOfRefused({isSuperuser, refused, revoked, grantee}: Rights): string | undefined {
	const lacked = [...new Set([...(revoked.cancel ?? []), ...(revoked.terminate ?? []), ...refused])];
	if (isSuperuser || lacked.length === 0) return undefined;
	const isFunction = (name: string) => name.includes('(');
	const functions = lacked.filter(isFunction);
	const tables = lacked.filter(name => !isFunction(name));
	return [
		...(functions.length === 0 ? [] : [executeOf(functions.join(', '), grantee)]),
		...(tables.length === 0 ? [] : [selectOf(tables.join(', '), grantee)]),
	].join('; ');
}

/** The roles that this one lacks to see and signal all that granted roles allow. */
export function lackedRoles({isSuperuser, seesAll, signalsAll}: Rights): readonly string[] {
	if (isSuperuser) return [];
	return [...(seesAll ? [] : ['pg_read_all_stats']), ...(signalsAll ? [] : ['pg_signal_backend'])];
}
