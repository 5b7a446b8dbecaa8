import type {Outcome} from './case.js';

type Difference = {
	/** Where media/manual/connecting.md, under "Differences from psql", gives the reason: how that row or paragraph begins. */
	readonly manual: string;
	/** What pgtop does instead: all of it, or what is other about a connection. */
	readonly pgtop: Outcome | {readonly answer: string};
	readonly cases: readonly string[];
};

const refused: Outcome = {outcome: 'refused'};

const connected: Outcome = {
	outcome: 'connected',
	user: 'app',
	database: 'shop',
	server: 'tls',
	address: '127.0.0.1',
	tls: true,
	application: 'the program',
	asked: false,
};

/** Where pgtop differs from psql on purpose. */
export const differences: readonly Difference[] = [
	{
		manual: '* **A third name**',
		pgtop: refused,
		cases: [
			'a second name does not replace -U',
			'with -d and -U a name is ignored',
			'a third name is ignored',
		],
	},
	{
		manual: '* **A password in the wrong place**',
		pgtop: refused,
		cases: [
			'a second at sign belongs to the server',
			'a name with a slash in it is no directory',
			'a host with a blank in front',
			'a scheme in capitals is a name',
			'a URI inside of it is a name',
			'PGDATABASE is never a URI',
			'a URI as its database is a name',
			'an at sign in the database of a URI',
			'an application name with a password in it',
			'a name with a colon that is not escaped',
		],
	},
	{
		manual: '| `requirepeer` |',
		pgtop: refused,
		cases: ['requirepeer of another user', 'PGREQUIREPEER of another user'],
	},
	{
		manual: '| `gssencmode` |',
		pgtop: refused,
		cases: ['gssencmode=require without a ticket', 'PGGSSENCMODE=require without a ticket'],
	},
	{
		manual: '* **Mistakes are refused at once**',
		pgtop: refused,
		cases: ['a port that is no number, of a host that is not needed, does no harm', 'a hostaddr in short'],
	},
	{
		manual: '| `client_encoding` |',
		pgtop: connected,
		cases: ['an encoding that nobody knows'],
	},
	{manual: '* **`PGDATESTYLE`, `PGTZ`, `PGGEQO`**', pgtop: {answer: 'ISO, MDY'}, cases: ['PGDATESTYLE']},
	{manual: '* **`PGDATESTYLE`, `PGTZ`, `PGGEQO`**', pgtop: connected, cases: ['PGTZ']},
	{manual: '* **A key in hardware**', pgtop: refused, cases: ['a directory service that does not answer']},
	{manual: '| `replication` |', pgtop: refused, cases: ['replication=database is a walsender']},
	{
		manual: '| `sslcertmode` |',
		pgtop: refused,
		cases: ['sslcertmode=require with a certificate', 'sslcertmode=require without a certificate'],
	},
	{manual: '| `sslkeylogfile` |', pgtop: refused, cases: ['sslkeylogfile']},
	{manual: '| `min_protocol_version` |', pgtop: refused, cases: ['min_protocol_version=3.2']},
];

/** What pgtop is to do, where psql did this. Of several tries it tells of one. */
export function expected(name: string, psql: Outcome, pgtop: Outcome): Outcome {
	const other = differences.find(({cases}) => cases.includes(name))?.pgtop;
	const wanted = other === undefined || 'outcome' in other ? (other ?? psql) : {...psql, ...other};
	if (wanted.outcome !== 'failed' || pgtop.outcome !== 'failed') return wanted;
	return {...wanted, codes: wanted.codes.filter(code => pgtop.codes.includes(code))};
}
