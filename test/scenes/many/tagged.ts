import {expect} from 'vitest';
import type {OutcomeRecord} from '../../../source/domain/signal/record.js';
import type {Run} from '../../helpers/run.js';
import {asked} from '../stage.js';

/** How long after the filter line c and k may still be meant for it, in milliseconds. */
const deafAfterLine = 1000;

/** Tags, by a filter and T, all sessions of this application: so many. */
export async function tagAll(run: Run, application: string, count: number): Promise<void> {
	await run.until(({server}) => {
		const {backends = []} = server.snapshot ?? {};
		return backends.filter(one => one.application === application).length === count;
	});
	for (const keys of ['/', `app=${application}`, '\r', 'T']) await run.press(keys);
	await run.until(({screen}) => screen.tags.size === count);
	await run.until(({hand}) => performance.now() > (hand.typedUntil ?? -deafAfterLine));
}

/** Presses the key, and waits until the question about so many can be answered. */
export const askedAbout = async (run: Run, key: 'c' | 'k', count: number): Promise<string> =>
	asked(run, key, new RegExp(`^${key}: .*${count} tagged`, 'm'));

/** The last outcome in the audit file, by the pid. */
export async function outcomesByPid(run: Run): Promise<ReadonlyMap<number, OutcomeRecord>> {
	return new Map((await run.outcomeLines()).map(line => [line.pid, line]));
}

/** Expects an outcome of so many sessions in the audit file, each of a signal that stands there before it. */
export async function writtenOf(run: Run, count: number): Promise<ReadonlyMap<number, OutcomeRecord>> {
	await expect.poll(async () => (await outcomesByPid(run)).size).toBe(count);
	const lines = await run.audit();
	const known = new Set<string>();
	for (const line of lines) {
		if (line.event === 'signal') known.add(line.id);
		else expect(known).toContain(line.id);
	}

	return outcomesByPid(run);
}
