import type {Finding} from '../server/alarms/finding.js';
import {grantOf, grantOfRefused, lackedRoles, type Rights} from './rights.js';

/** What is missing without each role. */
const without: Readonly<Record<string, string>> = {
	pg_read_all_stats: 'sessions of other roles show no state, query, wait or age (?)',
	pg_signal_backend: "sessions of other roles can't be cancelled or ended (-)",
};

/** What to say of the rights that this role lacks, each with the statement that would grant it. */
export function missingRights(rights: Rights): readonly Finding[] {
	const lacked = lackedRoles(rights);
	const refused = grantOfRefused(rights);
	const roles = {
		text: `missing: ${grantOf(lacked.join(', '), rights.grantee)}`,
		more: lacked.map(role => `without ${role} ${without[role]}`).join('; '),
	};
	const others = {text: `missing: ${refused}`, more: 'in this database, where it was revoked from everybody'};
	return [...(lacked.length > 0 ? [roles] : []), ...(refused === undefined ? [] : [others])];
}
