import {afterEach, beforeEach, expect, test} from 'vitest';
import {type Link, openLink} from '../../helpers/network/link.js';
import {setStage} from '../stage.js';
import {askedAbout, tagAll, writtenOf} from './tagged.js';

const stage = setStage();
let link: Link;

beforeEach(async () => {
	link = await openLink(stage.cluster);
});

afterEach(async () => link.close());

/** A program that has tagged three open transactions over the link. */
async function tagged() {
	for (let open = 0; open < 3; open++) await (await stage.session({application: 'kept'})).query('begin');
	const run = await stage.run({host: link.host});
	await tagAll(run, 'kept', 3);
	return run;
}

test('tags outlive a lost connection to the same server, and k ends what they are on', async () => {
	const run = await tagged();
	link.cut();
	await run.until(({server}) => server.link.type !== 'up');
	expect(run.state().screen.tags.size).toBe(3);
	await run.until(({server, screen}) => server.pictures > 0 && screen.blindSince === undefined);
	expect(run.state().screen.tags.size).toBe(3);
	await askedAbout(run, 'k', 3);
	await run.press('y');
	await run.says(/3 signals: 3 ended - L/);
	const written = await writtenOf(run, 3);
	expect([...written.values()].map(({outcome}) => outcome)).toEqual(['ended', 'ended', 'ended']);
});

test('a connection that is lost between y and the answers leaves all of them not known, and then what is seen of them', async () => {
	const run = await tagged();
	await askedAbout(run, 'k', 3);
	link.swallowRequests();
	await run.press('y');
	await run.says(/3 signals: 3 waiting for the answer - L/);
	link.cut();
	await run.says(/3 signals: 3 not known - L/);
	await run.press('L');
	expect(run.page()).toContain('k on 3 sessions: 3 not known');
	expect(run.page().replaceAll(/\s+/g, ' ')).toMatch(/may or may not have been signalled/);
});

test('a server that was started anew has none of the tagged sessions: the tags are dropped, and that is said', async () => {
	const run = await tagged();
	await stage.cluster.halt('fast');
	await stage.cluster.start();
	await run.until(({server, screen}) => server.pictures > 0 && screen.tags.size === 0);
	await run.says(/3 tags dropped: another server, or it was restarted/);
	expect(await run.audit()).toEqual([]);
});
