import type {Signal} from '../signal/target.js';
import type {Backend} from './backend.js';

/** Whom a GRANT would be for. */
export type Grantee = {
	/** The name of this role as SQL takes it; absent when making it safe to print has changed it. */
	readonly name?: string;
	/** What makes this role have the rights of one that it is granted: nothing more, an option of the GRANT (16+), an attribute of its own. */
	readonly inheritsBy: 'itself' | 'option' | 'attribute';
};

/** What the role that pgtop is connected as may see and do, on this server and at this moment. */
export type Rights = {
	readonly isSuperuser: boolean;
	/** States, queries, waits and ages of all sessions: pg_read_all_stats. */
	readonly seesAll: boolean;
	/** Sessions of all roles but superusers: pg_signal_backend. */
	readonly signalsAll: boolean;
	/** Which of the processes that belong to nobody. */
	readonly signalsOwnerless: 'none' | 'autovacuum workers' | 'all';
	/** A role of its own gives the right to autovacuum workers: since 18. */
	readonly hasAutovacuumRole: boolean;
	/** How each role that has sessions stands to this one, by oid: `own` is itself or one whose rights it has. */
	readonly owners: Readonly<Record<string, 'own' | 'other' | 'superuser'>>;
	readonly grantee: Grantee;
	/** The functions behind c and k, and those of the guard before them, that this role may not call, as a GRANT names them: they are revoked from PUBLIC. */
	readonly revoked: Readonly<Partial<Record<Signal, readonly string[]>>>;
	/** What else of the server's own this role may not call or read, as a GRANT names it. */
	readonly refused: readonly string[];
	/** The setting by which the server logs our statements: `log_statement = all`. */
	readonly loggedBy?: string;
};

/** What would let this role do more, as a statement to paste; only the role's name where there is none. */
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

/** It belongs to nobody, and what it is is hidden: it may be an autovacuum worker. */
const isUntold = ({type, userId}: Backend) => type === undefined && !userId;

const isAutovacuum = (backend: Backend) => backend.kind === 'autovacuum worker' || isUntold(backend);

/** Whether the server would let this role signal it; a role whose sessions came since the rights were read counts as one that it may. */
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

/** Why it may not, or what would change that; undefined where it may with this key, or with one of both. */
export function whyNotSignalled(backend: Backend, rights: Rights, signal?: Signal): string | undefined {
	if (backend.kind === 'unsignallable') return "SQL can't signal it";
	if (rights.isSuperuser) return undefined;
	const why = maySignal(backend, {...rights, revoked: {}}) ? undefined : whyNotByRole(backend, rights);
	const revoked = revokedFor(rights, signal);
	if (revoked.length === 0 || (why !== undefined && !why.startsWith('needs '))) return why;
	return `${why === undefined ? 'needs ' : `${why}; `}${executeOf(revoked.join(', '), rights.grantee)}`;
}

/** The functions that are in the way: of one key its own, of both only when neither may be called. */
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

/** What would let it call and read what was revoked from everybody, as statements to paste; undefined where nothing is missing. */
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

/** The roles that this one lacks to see and signal all that a role can be given. */
export function lackedRoles({isSuperuser, seesAll, signalsAll}: Rights): readonly string[] {
	if (isSuperuser) return [];
	return [...(seesAll ? [] : ['pg_read_all_stats']), ...(signalsAll ? [] : ['pg_signal_backend'])];
}
