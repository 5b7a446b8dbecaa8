import type {OutcomeFacts, SignalFacts} from '../../../source/domain/signal/record.js';
import {lockRecord, recordOf} from '../../../source/domain/signal/record.js';
import {backend, noon} from '../../helpers/state/backend.js';

export const author = {osUser: 'tester', sudoUser: null, sshClient: '10.0.0.9'};

/** What the state knows of a k on an ordinary session. */
export const facts = (pid = 4388): SignalFacts => ({
	signal: 'terminate',
	server: 'dba@db1:5432/shop',
	role: 'dba',
	...recordOf(backend(pid, {client: '10.0.0.7', wait: {type: 'Lock', name: 'tuple'}}), noon),
	...lockRecord(undefined),
});

export const statement = 'select pg_catalog.pg_terminate_backend(s.pid)';

/** A signal to be written down, as a list of one. */
export const entry = (number: number, given = facts()) => [{number, facts: given, statement}] as const;

export const ended: OutcomeFacts = {
	pid: 4388,
	outcome: 'ended',
	sentence: 'ended 0.2s after k',
	seconds: 0.2,
};
