/**
One call, of psql and of pgtop alike. In every text `{tls}` is the port of that server, `{tls/}` the directory of its socket,
`{tls%}` the same percent-encoded, `{home}` the home folder, `{certs}` the folder of the certificates, `{account}` the OS account.
*/
export type Case = {
	/** Words; as one string where no word has a blank. */
	readonly argv?: string | readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	/** In the home folder, with the mode 0600 unless the name ends with another: `.pgpass 644`. `{=ca.pem}` is the text of that certificate. */
	readonly files?: Readonly<Record<string, string>>;
	/** What is typed at each question for a password; without it there is nobody at the terminal. */
	readonly types?: string;
	/** A value to ask the server for besides. */
	readonly asks?: string;
	/** What not every machine has. */
	readonly needs?: Need;
};

export type Need = 'old' | 'ipv6' | 'usual socket';

/** A sentence on what should happen, and how to call. */
export type Cases = Readonly<Record<string, Case>>;

export type Outcome =
	| {
			readonly outcome: 'connected';
			readonly user: string;
			readonly database: string;
			/** By its name on the stage. */
			readonly server: string;
			/** Of the server: an IP address, `localhost` where that was the name, or `socket`. */
			readonly address: string;
			readonly tls: boolean;
			/** `the program` where nobody gave another name. */
			readonly application: string;
			/** Whether a password was asked for. */
			readonly asked: boolean;
			readonly answer?: string;
	  }
	/** The connection was tried: pgtop's exit code 1. With the SQLSTATE of every kind of end, empty where no server said one. */
	| {readonly outcome: 'failed'; readonly codes: readonly string[]; readonly asked: boolean}
	/** It was not even tried: pgtop's exit code 2. */
	| {readonly outcome: 'refused'};
