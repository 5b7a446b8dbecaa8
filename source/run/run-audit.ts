import {longestSentence, shortenMiddle} from '../domain/text/shorten.js';
import {whyNoAudit} from '../files/audit/audit-check.js';
import {openAudit} from '../files/audit/audit-file.js';
import {auditPath} from '../files/audit/audit-path.js';
import type {Audit, Author} from '../ports/audit.js';
import {thisMachine} from '../postgres/connect/machine.js';
import type {Flags} from '../tables/options.js';
import {signalsOf} from './signals-of.js';

type Named = Pick<Flags, 'auditLog' | 'withoutAuditLog' | 'readOnly' | 'dryRun' | 'demo'>;

export type RunAudit = {
	readonly file: string;
	/** Why signals could not be written to the file that was named, in one sentence; undefined where nobody named a file. */
	whyNot(): Promise<string | undefined>;
	/** Undefined where no signal can be sent, or none is to be written. */
	open(author: Author): Audit | undefined;
};

/** Where the signals of this run are written down. `isPlain`: the run prints one picture, and sends none. */
export function runAudit(flags: Named, environment: Readonly<NodeJS.ProcessEnv>, isPlain: boolean): RunAudit {
	const {auditLog: named, withoutAuditLog, demo} = flags;
	const file = named ?? auditPath(environment, thisMachine());
	// The demo's sessions are nobody's: signals to them are no record of what was done to a server.
	const isNone = signalsOf(flags, isPlain) !== 'sent' || withoutAuditLog || (demo && named === undefined);
	return {
		file,
		async whyNot() {
			const why = named === undefined || isNone ? undefined : await whyNoAudit(named);
			return why && shortenMiddle(`the audit file can't be written: ${why}`, longestSentence);
		},
		open: author => (isNone ? undefined : openAudit(file, author, named === undefined)),
	};
}
