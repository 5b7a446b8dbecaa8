import {certificates} from './certificates.js';
import {negotiation} from './negotiation.js';
import {others} from './others.js';
import {requireAuth} from './require-auth.js';
import type {Young} from './young.js';

/** Every parameter that came after the recorded psql. */
export const young: Readonly<Record<string, Readonly<Record<string, Young>>>> = {
	require_auth: requireAuth,
	certificates,
	sslnegotiation: negotiation,
	others,
};
