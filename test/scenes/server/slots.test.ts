import {afterEach, beforeEach, expect, test} from 'vitest';
import {type Link, nowhere, openLink} from '../../helpers/network/link.js';
import {newest} from '../../helpers/server/servers.js';
import type {Session} from '../../helpers/session/session.js';
import {setStage} from '../stage.js';

const stage = setStage({
	settings: {
		max_connections: '6',
		superuser_reserved_connections: '1',
		max_wal_senders: '0',
		...(newest.major >= 16 && {reserved_connections: '1'}),
	},
});
let link: Link;

beforeEach(async () => {
	link = await openLink(stage.cluster);
});

afterEach(async () => link.close());

test('when others have taken all slots the reason is shown with who may get in, and the first that comes free is ours', async () => {
	// The observer has one of the six.
	await stage.cluster.observe('select 1');
	const run = await stage.run({host: link.host, user: 'mon'});
	link.leadTo(nowhere);
	link.cut();
	await run.until(({server}) => server.link.type !== 'up');
	const others: Session[] = [];
	const free = newest.major >= 16 ? 3 : 4;
	// Our own slot comes free only when the server has seen that we are gone.
	await expect
		.poll(async () =>
			stage.session().then(
				session => others.push(session),
				() => undefined,
			),
		)
		.toBe(free);
	link.leadTo(stage.cluster);
	await run.says(/next try in \ds: remaining connection slots are reserved for /);
	expect(run.state().server.link).toMatchObject({
		why: expect.stringContaining(
			newest.major >= 16
				? 'a member of pg_use_reserved_connections or a superuser may still get in'
				: 'a superuser may still get in',
		),
	});
	await others[0]?.end();
	await run.until(({server}) => server.link.type === 'up' && server.pictures > 0);
});
