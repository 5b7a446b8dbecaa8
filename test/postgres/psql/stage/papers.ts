import {makeAuthority} from '../../../helpers/server/certificates.js';

export type Papers = Readonly<Record<string, string | Buffer>>;

/** Certificates and keys, by the names of their files; whoever reads them trusts `ca.pem`, and `other.pem` is a stranger's. */
export function makePapers(): Papers {
	const authority = makeAuthority('pgtop test authority');
	const stranger = makeAuthority('a stranger');
	const named = authority.issue('db.pgtop.test', {
		hosts: ['db.pgtop.test', '*.wild.pgtop.test', 'localhost', '127.0.0.1', '::1'],
	});
	const issued = {
		server: named,
		// Without other names its common name counts.
		wrong: authority.issue('elsewhere.pgtop.test'),
		odd: authority.issue('127.0.0.1', {
			hosts: ['db.pgtop.test', '*.short', 'pre*.pgtop.test', '*'],
			hash: 'sha384',
		}),
		late: authority.issue('db.pgtop.test', {hosts: ['db.pgtop.test', '127.0.0.1'], days: -1}),
		certified: authority.issue('certified'),
		robot: authority.issue('robot@pgtop.test'),
		lapsed: authority.issue('certified', {days: -1}),
		forged: stranger.issue('certified'),
	};
	return {
		'ca.pem': authority.pem,
		'other.pem': stranger.pem,
		'both.pem': stranger.pem + authority.pem,
		'revoked.pem': authority.revoke(named),
		'none-revoked.pem': authority.revoke(),
		'garbage.pem': 'nothing of the kind\n',
		...Object.fromEntries(
			Object.entries(issued).flatMap(([name, {pem, keyPem}]) => [
				[`${name}.crt`, pem],
				[`${name}.key`, keyPem()],
			]),
		),
		'certified.old.key': issued.certified.key.export({type: 'sec1', format: 'pem'}),
		'certified.der.key': issued.certified.key.export({type: 'pkcs8', format: 'der'}),
		'certified.locked.key': issued.certified.keyPem('open sesame'),
	};
}
