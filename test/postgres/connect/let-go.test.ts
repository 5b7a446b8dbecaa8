import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {expect, test} from 'vitest';
import {connect} from '../../../source/postgres/connect/connect.js';
import {startLiar} from '../../helpers/network/liar.js';
import {ready, welcome} from '../../helpers/network/messages.js';
import {targetAt} from '../../helpers/server/target.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const begun = Buffer.concat([welcome, ready]);

/** A connection that is made and has ended; nothing here holds it any more. */
async function visit(port: number, over: AbortSignal): Promise<WeakRef<object>> {
	const connected = await connect(targetAt({host: '127.0.0.1', port}), over);
	if (connected.type === 'failed') throw new Error(connected.fault.sentence);
	const {client} = connected;
	const ended = new Promise<void>(resolve => client.once('end', () => resolve()));
	client.connection.stream.destroy(new Error('broken'));
	await ended;
	return new WeakRef(client);
}

test('a connection that has ended is let go, with all that it had received', async () => {
	const liar = await startLiar(begun);
	const over = new AbortController();
	const client = await visit(liar.port, over.signal);
	await expect
		.poll(() => {
			collect();
			return client.deref() === undefined;
		})
		.toBe(true);
	expect(over.signal.aborted).toBe(false);
});
