import type {Hello} from '../../../source/postgres/hello.js';
import type {Names} from '../../../source/postgres/queries/names.js';

/** What a usual server tells when it is connected to. */
export const told: Hello = {
	version: '17.5',
	major: 17,
	maxConnections: 100,
	queryLimit: 1024,
	querySize: '1kB',
	encoding: 'UTF8',
	clusterName: '',
	isSuperuser: false,
	isHasty: false,
};

/** No name was read yet. */
export const newNames = (): Names => ({roles: new Map(), databases: new Map()});
