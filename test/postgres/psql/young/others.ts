import {as, at, refused, type Young} from './young.js';

const several = 'host=127.0.0.1,127.0.0.1,127.0.0.1 port={closed},{tls},{closed} user=app dbname=shop';

export const others: Readonly<Record<string, Young>> = {
	'load_balance_hosts=disable: in order': {
		since: 16,
		argv: ['host=127.0.0.1,127.0.0.1 port={tls},{plain} user=app dbname=shop load_balance_hosts=disable'],
		outcome: as('app'),
	},
	'load_balance_hosts=random: one that answers': {
		since: 16,
		argv: [`${several} load_balance_hosts=random`],
		outcome: as('app'),
	},
	PGLOADBALANCEHOSTS: {since: 16, argv: [several], env: {PGLOADBALANCEHOSTS: 'random'}, outcome: as('app')},
	'load_balance_hosts with another word is refused': {
		since: 16,
		argv: [`${several} load_balance_hosts=maybe`],
		outcome: refused,
	},
	'gssdelegation without GSSAPI': {since: 16, ...at('tls', 'app', 'gssdelegation=0'), outcome: as('app')},
	'min_protocol_version=3.0': {
		since: 18,
		...at('tls', 'app', 'min_protocol_version=3.0'),
		outcome: as('app'),
	},
	'max_protocol_version=3.0': {
		since: 18,
		...at('tls', 'app', 'max_protocol_version=3.0'),
		outcome: as('app'),
	},
	'max_protocol_version=latest': {
		since: 18,
		...at('tls', 'app', 'max_protocol_version=latest'),
		outcome: as('app'),
	},
	'min_protocol_version=3.2': {
		since: 18,
		...at('tls', 'app', 'min_protocol_version=3.2 max_protocol_version=3.2'),
		outcome: as('app'),
	},
	'min_protocol_version above the maximum is refused': {
		since: 18,
		...at('tls', 'app', 'min_protocol_version=3.2 max_protocol_version=3.0'),
		outcome: refused,
	},
	'a protocol version that nobody knows is refused': {
		since: 18,
		...at('tls', 'app', 'max_protocol_version=4.0'),
		outcome: refused,
	},
	sslkeylogfile: {
		since: 18,
		...at('tls', 'app', 'sslkeylogfile={home}/keys'),
		outcome: as('app'),
	},
};
