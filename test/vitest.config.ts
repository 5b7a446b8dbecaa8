import process from 'node:process';
import {defineConfig} from 'vitest/config';
import {cleanEnvironment} from './helpers/clean-environment.js';
import {limit} from './helpers/limit.js';
import {closingLine} from './reporter.js';

// Tests, and all servers and programs that they start, have this environment, whoever runs them and wherever.
const asked = /^(?:PGTOP_\w+|VITEST_\w+|UPDATE|RECORD)$/;
const ours = cleanEnvironment();
for (const name of Object.keys(process.env)) if (!asked.test(name)) delete process.env[name];
Object.assign(process.env, ours);
// As the servers' user, who may be another one, reads what a test writes.
process.umask(0o022);

export default defineConfig({
	test: {
		dir: 'test',
		exclude: ['**/node_modules/**', 'servers/**'],
		pool: 'forks',
		// No module keeps more than a cache, and to load them anew for each file takes a tenth of the time.
		isolate: false,
		maxWorkers: 2,
		// Some wait for several things, one after the other.
		testTimeout: 5 * limit,
		hookTimeout: 5 * limit,
		teardownTimeout: limit,
		expect: {poll: {timeout: limit}},
		reporters: ['default', closingLine],
	},
});
