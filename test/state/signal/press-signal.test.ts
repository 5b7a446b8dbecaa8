import {expect, test} from 'vitest';
import {backend, noon, processOf} from '../../helpers/state/backend.js';
import {down, lookingAt, type Play} from '../../helpers/state/play.js';

const session = backend(4388);
const checkpointer = processOf(51, 'checkpointer', {kind: 'unsignallable'});
const looking = lookingAt(session);
const letGo = 'k: let it go first';
const together = 'k ignored: it came together with other keys, press it again';
const readOnly = 'read-only: pgtop was started with --read-only and sends no signals';
const justCame = '51: k ignored, its row has just come there';
const refused = "51 is the checkpointer: SQL can't signal it";
const ofBefore = 'this picture is of the server before: a new one is to come';
const tooSoon = 'k ignored: what has changed was just said, press it again';

/** The row of the checkpointer has just come, and is selected. */
const notLookedAt = (isReadOnly = false) =>
	lookingAt(session, {isReadOnly})
		.waits(2000)
		.picture([session, checkpointer])
		.draws()
		.types(down)
		.draws()
		.waits(60);

/** The checkpointer was looked at, and this picture, which no frame has shown yet, is of another server. */
const onAnotherServer = notLookedAt()
	.waits(600)
	.picture([session, checkpointer], {server: {startedAt: noon}});

/** The guard has found another transaction, and a frame has said so half a second ago. */
const toldJustNow = looking
	.presses('k')
	.waits(300)
	.holdsBack(backend(4388, {xactStart: noon}))
	.draws()
	.waits(500);

test.each<[what: string, moment: Play, keys: string, says: string]>([
	['held down, and with another key', looking.presses('k').waits(100), 'xk', letGo],
	['with another key, and read-only', lookingAt(session, {isReadOnly: true}), 'xk', together],
	['read-only, and not looked at', notLookedAt(true), 'k', readOnly],
	['not looked at, and nothing to signal', notLookedAt(), 'k', justCame],
	['not a picture of this server, and nothing to signal', onAnotherServer, 'k', ofBefore],
	['nothing to signal, and followed by another key', notLookedAt().waits(600), 'k', refused],
	['a second k before the first was read, and followed by another key', toldJustNow, 'kx', tooSoon],
	['followed by another key', looking, 'kx', together],
])('of the six conditions the first that does not hold is said: %s', (_, moment, keys, says) => {
	const sent = moment.signals().length;
	const pressed = [...keys].reduce((before, key) => before.types(key).waits(20), moment).waits(60);
	expect(pressed.status()).toMatch(new RegExp(`^${says.replaceAll(/[()?]/g, '\\$&')}`));
	expect(pressed.signals()).toHaveLength(sent);
});

test('when all six hold it acts, 50 ms after the key', () => {
	expect(looking.types('k').waits(49).signals()).toEqual([]);
	expect(looking.types('k').waits(50).signals()).toHaveLength(1);
});
