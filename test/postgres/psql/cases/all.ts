import type {Cases} from '../case.js';
import {argumentCases} from './arguments.js';
import {authenticationCases} from './authentication.js';
import {clientCertificateCases} from './client-certificates.js';
import {conninfoCases} from './conninfo.js';
import {environmentCases} from './environment.js';
import {faultCases} from './faults.js';
import {hostCases} from './hosts.js';
import {passwordFileCases} from './password-file.js';
import {precedenceCases} from './precedence.js';
import {serviceFileCases} from './service-file.js';
import {tlsCases} from './tls.js';
import {uriCases} from './uri.js';

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
