import type {Backend} from './backend.js';

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
	/** The name of this role as SQL takes it; absent when making it safe to print has changed it. */
	readonly grantee?: string;
	/** The setting by which the server logs our statements: `log_statement = all`. */
	readonly loggedBy?: string;
};

/** What would let this role do more, as a statement to paste; only the role's name where there is none. */
export const grantOf = (role: string, grantee: string | undefined): string =>
	grantee === undefined ? `the role ${role}` : `GRANT ${role} TO ${grantee}`;

export const superuserOnly = 'superuser only: nobody here can';

/** It belongs to nobody, and what it is is hidden: it may be an autovacuum worker. */
const isUntold = ({type, userId}: Backend) => type === undefined && !userId;

const isAutovacuum = (backend: Backend) => backend.kind === 'autovacuum worker' || isUntold(backend);

/** Whether the server would let this role signal it; a role whose sessions came since the rights were read counts as one that it may. */
export function maySignal(backend: Backend, rights: Rights): boolean {
	const {kind, userId} = backend;
	if (kind === 'unsignallable') return false;
	if (rights.isSuperuser) return true;
	if (!userId) {
		return (
			rights.signalsOwnerless === 'all' ||
			(rights.signalsOwnerless === 'autovacuum workers' && isAutovacuum(backend))
		);
	}

	const owner = rights.owners[userId];
	return owner !== 'superuser' && (owner !== 'other' || rights.signalsAll);
}

/** Why it may not, or what would change that; undefined where it may. */
export function whyNotSignalled(backend: Backend, rights: Rights): string | undefined {
	if (maySignal(backend, rights)) return undefined;
	if (backend.kind === 'unsignallable') return "SQL can't signal it";
	if (rights.hasAutovacuumRole && isUntold(backend))
		return 'superuser only, unless it is an autovacuum worker';
	if (rights.hasAutovacuumRole && isAutovacuum(backend))
		return `needs ${grantOf('pg_signal_autovacuum_worker', rights.grantee)}`;
	return !backend.userId || rights.owners[backend.userId] === 'superuser'
		? superuserOnly
		: `needs ${grantOf('pg_signal_backend', rights.grantee)}`;
}

/** The roles that this one lacks to see and signal all that a role can be given. */
export function lackedRoles({isSuperuser, seesAll, signalsAll}: Rights): readonly string[] {
	if (isSuperuser) return [];
	return [...(seesAll ? [] : ['pg_read_all_stats']), ...(signalsAll ? [] : ['pg_signal_backend'])];
}
