import type {Attempt} from '../connect/connect-target.js';
import type {Fault} from './errors.js';
import {thrownOf} from './thrown.js';

/** SQLSTATEs of a setting that is unknown, has a wrong value, or can't be set then, and of a word that is no setting. */
const codes: ReadonlySet<string> = new Set(['22023', '42601', '42602', '42704', '55P02']);

/** A missing right may be the right to a setting, as the routines of settings tell. */
const isSetting = ({code = '', routine = ''}) =>
	codes.has(code) || (code === '42501' && /^(?:set_config|call_\w+_check_hook)/.test(routine));

/** A login that the server ended because of `options`. The server's words would be the same for a mistake of pgtop's own. */
export function withOptionsNamed(fault: Fault, error: unknown, {options, retry}: Attempt): Fault {
	if (!options || !isSetting(thrownOf(error))) return fault;
	return {...fault, hint: `it comes from ${retry.optionsFrom ?? 'PGOPTIONS'}`};
}
