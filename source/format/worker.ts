import {parentPort} from 'node:worker_threads';
import {formatSql} from './format-sql.js';

// A file of its own in the built program: it is loaded when the first query is to be formatted.
parentPort?.on('message', (text: string) => parentPort?.postMessage(formatSql(text)));
