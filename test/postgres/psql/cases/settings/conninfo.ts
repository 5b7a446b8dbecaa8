import type {Cases} from '../../case.js';

const there = 'host=127.0.0.1 port={tls} user=app';

/** One word each. */
const conninfo = (text: string) => ({argv: [text]});

export const conninfoCases: Cases = {
	'key=value with everything in it': conninfo(`${there} dbname=shop`),
	'key=value after -d': {argv: ['-d', `${there} dbname=shop`]},
	'blanks around the equal sign': conninfo('host = 127.0.0.1   port ={tls} user= app dbname\t=\nshop'),
	'quoted values': conninfo("host='127.0.0.1' port='{tls}' user='app' dbname='shop'"),
	'a quoted value with an escaped quote and backslash': conninfo(
		"host=127.0.0.1 port={tls} user='o\\'neil\\\\ x' dbname='shop'",
	),
	'a bare value with an escaped blank': conninfo(
		"host=127.0.0.1 port={tls} user=o\\'neil\\\\\\ x dbname=o\\'neil\\\\\\ x",
	),
	'an empty quoted value asks for the default': conninfo("host=127.0.0.1 port={tls} user=shop dbname=''"),
	'a value that is missing is the next word': conninfo(`${there} dbname= connect_timeout=5`),
	'a quote that is not closed is refused': conninfo(`${there} dbname='shop`),
	'a word without an equal sign is refused': conninfo(`${there} dbname=shop nonsense`),
	'quoted values that touch the next key': conninfo("host='127.0.0.1'port='{tls}'user='app'dbname='shop'"),
	'a quote within a bare value stands for itself': conninfo(
		"host=127.0.0.1 port={tls} user=o'neil\\\\\\ x dbname=shop",
	),
	'a backslash at the end': conninfo(`${there} dbname=shop\\`),
	'blanks before and behind': conninfo(`  ${there} dbname=shop  `),
	'an equal sign without a key is refused': conninfo(`${there} =shop`),
	'a key and nothing behind it': conninfo(`${there} dbname`),
	'a host with a blank in front': conninfo(`host=' 127.0.0.1' port={tls} user=app dbname=shop`),
	'a directory with a slash at its end': conninfo('host={tls/}/ port={tls} user=app dbname=shop'),
	'an address in short': conninfo('host=127.1 port={tls} user=app dbname=shop'),
	'a hostaddr in short': conninfo('hostaddr=127.1 port={tls} user=app dbname=shop'),
	'an abstract socket that is not there': conninfo('host=@pgtop-none port={tls} user=app dbname=shop'),
	'an application name in another script': conninfo(`${there} dbname=shop application_name=ключ`),
	'an application name with a password in it': conninfo(`${there} dbname=shop application_name=x;password=y`),
	'an application name that is too long': conninfo(`${there} dbname=shop application_name=${'x'.repeat(80)}`),
	'a port with a plus': conninfo('host=127.0.0.1 port=+{tls} user=app dbname=shop'),
	'replication=database is a walsender': conninfo(`${there} dbname=shop replication=database`),
	'an unknown key is refused': conninfo(`${there} dbname=shop colour=blue`),
	'a key in capitals is unknown': conninfo(`${there} DBNAME=shop`),
	'the last of two equal keys counts': conninfo(`user=nologin ${there} dbname=appdb dbname=shop`),
	'an empty text with an equal sign is refused': conninfo('='),
	'a database that holds an equal sign can be said in it': conninfo(`${there} dbname=a=b`),
	'dbname inside of it is never taken apart': conninfo(`${there} dbname='host=127.0.0.2'`),
	'a URI inside of it is a name': conninfo(`${there} dbname=postgresql://x`),
	'a password': conninfo("host=127.0.0.1 port={tls} user=scram dbname=shop password='ge:he\\\\im %é'"),
	'a wrong password': conninfo('host=127.0.0.1 port={tls} user=scram dbname=shop password=wrong'),
	'a directory': conninfo('host={tls/} port={tls} user=app dbname=shop'),
	'an application name': conninfo(`${there} dbname=shop application_name='my own'`),
	"an application name to fall back to is the program's own": conninfo(
		`${there} dbname=shop fallback_application_name=other`,
	),
	options: {
		...conninfo(`${there} dbname=shop options='-c work_mem=1234kB'`),
		asks: "current_setting('work_mem')",
	},
	'options with an escaped blank': {
		...conninfo(`${there} dbname=shop options='-c search_path=a,\\\\ b'`),
		asks: "current_setting('search_path')",
	},
	'options that the server refuses': conninfo(`${there} dbname=shop options='-c no_such=1'`),
	'hostaddr instead of host': conninfo('hostaddr=127.0.0.1 port={tls} user=app dbname=shop'),
	'hostaddr with a host that nobody looks up': conninfo(
		'host=db.pgtop.test hostaddr=127.0.0.1 port={tls} user=app dbname=shop',
	),
	'a hostaddr that is a name is refused': conninfo('hostaddr=localhost port={tls} user=app dbname=shop'),
	'a hostaddr of IPv6': {...conninfo('hostaddr=::1 port={tls} user=app dbname=shop'), needs: 'ipv6'},
	'a connect_timeout that is no number is refused': conninfo(`${there} dbname=shop connect_timeout=soon`),
	'a negative connect_timeout waits for ever': conninfo(`${there} dbname=shop connect_timeout=-1`),
	'an unknown sslmode is refused': conninfo(`${there} dbname=shop sslmode=maybe`),
	'an unknown target_session_attrs is refused': conninfo(`${there} dbname=shop target_session_attrs=some`),
	'an unknown channel_binding is refused': conninfo(`${there} dbname=shop channel_binding=some`),
	'an unknown gssencmode is refused': conninfo(`${there} dbname=shop gssencmode=some`),
	'an unknown ssl_min_protocol_version is refused': conninfo(
		`${there} dbname=shop ssl_min_protocol_version=2`,
	),
	'keepalives and timeouts of the network are taken': conninfo(
		`${there} dbname=shop keepalives=1 keepalives_idle=10 keepalives_interval=5 keepalives_count=3 tcp_user_timeout=1000`,
	),
	'keepalives that are no number are refused': conninfo(`${there} dbname=shop keepalives_idle=some`),
	'an encoding of the client': conninfo(`${there} dbname=shop client_encoding=UTF8`),
	'an encoding that nobody knows': conninfo(`${there} dbname=shop client_encoding=runes`),
	'gssencmode=disable': conninfo(`${there} dbname=shop gssencmode=disable`),
	'gssencmode=prefer': conninfo(`${there} dbname=shop gssencmode=prefer`),
	'gssencmode=require without a ticket': conninfo(`${there} dbname=shop gssencmode=require`),
	'a krbsrvname that nobody needs': conninfo(`${there} dbname=shop krbsrvname=postgres`),
	'sslcompression is taken and without effect': conninfo(`${there} dbname=shop sslcompression=0`),
	'requiressl is old and still known': conninfo(`${there} dbname=shop requiressl=1`),
	'authtype and tty have been forgotten': conninfo(`${there} dbname=shop tty=x`),
	'replication is for others': conninfo(`${there} dbname=shop replication=false`),
};
