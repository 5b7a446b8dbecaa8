import process from 'node:process';
import type {SerializedError} from 'vitest';
import type {Reporter, TestModule} from 'vitest/node';

// The last line of a run, the same in every run: `N passed, N failed, N skipped`, after the reasons for the skips.
// An error outside any test (a file that does not load, a hook that throws) counts as a failure.
export const closingLine: Reporter = {
	onTestRunEnd(modules, unhandledErrors) {
		process.stdout.write(`${report(modules, unhandledErrors)}\n`);
	},
};

function report(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): string {
	const count = {passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0};
	const reasons = new Map<string, number>();
	for (const module of modules) {
		count.failed += module.errors().length;
		for (const suite of module.children.allSuites()) {
			count.failed += suite.errors().length;
		}

		for (const test of module.children.allTests()) {
			const result = test.result();
			count[result.state]++;
			if (result.state === 'skipped' && result.note !== undefined) {
				reasons.set(result.note, (reasons.get(result.note) ?? 0) + 1);
			}
		}
	}

	const why = [...reasons].map(([reason, tests]) => `skipped ${tests}: ${reason}`);
	const {passed, failed, skipped, pending} = count;
	return [...why, `${passed} passed, ${failed} failed, ${skipped + pending} skipped`].join('\n');
}
