import type {Fault} from '../../failures/errors.js';
import {protocolViolation} from '../../failures/hints.js';

/** Makes a refusal of what a server says to a password: pgbouncer has one code for that and for what it does not know. */
export function asRefusal(fault: Fault): Fault {
	if (fault.code !== protocolViolation) return fault;
	const {hint: _, startHint: __, ...others} = fault;
	return {...others, kind: 'auth', isRetryable: false};
}

/** Marks a refused login as one where another password may help. */
export const withPasswordWanted = (refused: Fault): Fault =>
	refused.kind === 'auth' ? {...refused, wantsPassword: true} : refused;
