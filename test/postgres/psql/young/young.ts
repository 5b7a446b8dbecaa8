import type {Case, Outcome} from '../case.js';

/** Of parameters younger than the recorded psql: what libpq 18's documentation says, and a psql that knows them does. */
export type Young = Case & {
	/** The first major that has it. */
	readonly since: 16 | 17 | 18;
	readonly outcome: Outcome;
};

export const at = (server: string, role: string, parameters: string) => ({
	argv: [`host=127.0.0.1 port={${server}} user=${role} dbname=shop ${parameters}`],
});

export const refused: Outcome = {outcome: 'refused'};

export const failed = (code = ''): Outcome => ({outcome: 'failed', codes: [code], asked: false});

export const as = (user: string, other: Partial<Extract<Outcome, {outcome: 'connected'}>> = {}): Outcome => ({
	outcome: 'connected',
	user,
	database: 'shop',
	server: 'tls',
	address: '127.0.0.1',
	tls: true,
	application: 'the program',
	asked: false,
	...other,
});
