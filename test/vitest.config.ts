import {defineConfig} from 'vitest/config';
import {closingLine} from './reporter.js';

export default defineConfig({
	test: {
		dir: 'test',
		exclude: ['**/node_modules/**', 'servers/**'],
		pool: 'forks',
		maxWorkers: 2,
		testTimeout: 30_000,
		hookTimeout: 30_000,
		reporters: ['default', closingLine],
	},
});
