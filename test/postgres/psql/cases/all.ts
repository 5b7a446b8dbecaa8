import type {Cases} from '../case.js';
import {authenticationCases} from './password/authentication.js';
import {passwordFileCases} from './password/password-file.js';
import {argumentCases} from './settings/arguments.js';
import {conninfoCases} from './settings/conninfo.js';
import {environmentCases} from './settings/environment.js';
import {faultCases} from './settings/faults.js';
import {precedenceCases} from './settings/precedence.js';
import {serviceFileCases} from './settings/service-file.js';
import {uriCases} from './settings/uri.js';
import {clientCertificateCases} from './wire/client-certificates.js';
import {hostCases} from './wire/hosts.js';
import {tlsCases} from './wire/tls.js';

/** By subject. */
export const subjects: Readonly<Record<string, Cases>> = {
	arguments: argumentCases,
	'key=value': conninfoCases,
	URI: uriCases,
	environment: environmentCases,
	precedence: precedenceCases,
	'service file': serviceFileCases,
	'password file': passwordFileCases,
	hosts: hostCases,
	TLS: tlsCases,
	'client certificates': clientCertificateCases,
	authentication: authenticationCases,
	faults: faultCases,
};
