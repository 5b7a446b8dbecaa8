import {once} from 'node:events';
import {type AddressInfo, createServer, type Socket} from 'node:net';
import {expect, onTestFinished, test} from 'vitest';
import {connect} from '../../../../source/postgres/connect/connect.js';
import type {Target} from '../../../../source/postgres/connect/target.js';
import {targetOn} from '../../../helpers/scene.js';

const password = 'topsecret';

const message = (type: string, ...parts: readonly Uint8Array[]) => {
	const body = Buffer.concat(parts);
	const length = Buffer.alloc(4);
	length.writeInt32BE(body.length + 4);
	return Buffer.concat([Buffer.from(type), length, body]);
};

const int32 = (value: number) => Buffer.of(0, 0, 0, value);
const welcome = message('R', int32(0));
const cleartext = message('R', int32(3));
const md5 = message('R', int32(5), Buffer.from('salt'));
const sasl = message('R', int32(10), Buffer.from('SCRAM-SHA-256\0\0'));
const ready = message('Z', Buffer.from('I'));

/** A server that says these one after the other, each after whatever the client says. */
async function startLiar(...answers: readonly Uint8Array[]) {
	const heard: Buffer[] = [];
	const sockets = new Set<Socket>();
	const server = createServer(socket => {
		const left = [...answers];
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('data', bytes => {
			heard.push(bytes);
			// It has no TLS.
			const next = bytes.length === 8 ? Buffer.from('N') : left.shift();
			if (next) socket.write(next);
			else socket.end();
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		server.close();
		for (const socket of sockets) socket.destroy();
	});
	return {port: (server.address() as AddressInfo).port, heard: () => Buffer.concat(heard).toString('latin1')};
}

async function connectTo(port: number, rules: Partial<Target> = {}) {
	const target = targetOn({host: '127.0.0.1', port}, rules);
	const [place] = target.places;
	return connect({...target, places: [{...place, password}]});
}

test.each([
	[
		'asks for the password in clear after SCRAM, where only SCRAM is allowed',
		[sasl, cleartext],
		{methods: ['scram-sha-256']},
		'asks for a password twice',
	],
	['asks for the password in clear after SCRAM', [sasl, cleartext], {}, 'asks for a password twice'],
	['asks for it by md5 after SCRAM', [sasl, md5], {}, 'asks for a password twice'],
	['begins SCRAM anew', [sasl, sasl], {}, 'asks for a password twice'],
	[
		'asks for it when it has let us in already',
		[Buffer.concat([welcome, cleartext])],
		{},
		'asks for a password after it let us in',
	],
	[
		'asks for a kind of login that is not allowed',
		[cleartext],
		{methods: ['scram-sha-256']},
		'asks for password',
	],
] as const)('a server that %s gets none, and is refused', async (_, answers, rules, why) => {
	const liar = await startLiar(...answers);
	const connected = await connectTo(liar.port, rules);
	expect(connected).toMatchObject({type: 'failed', fault: {sentence: expect.stringContaining(why)}});
	expect(liar.heard()).not.toContain(password);
	expect(liar.heard()).not.toContain('md5');
	// SCRAM's proof begins with p=; the first message has none.
	expect(liar.heard()).not.toContain(',p=');
});

test('a server that asks for a password later, when the session has begun, loses it and gets none', async () => {
	const liar = await startLiar(Buffer.concat([welcome, ready]), cleartext);
	const connected = await connectTo(liar.port);
	if (connected.type === 'failed') throw new Error(connected.fault.sentence);
	const ended = new Promise(resolve => connected.client.once('end', resolve));
	await expect(connected.client.query('select 1')).rejects.toThrow();
	await ended;
	expect(liar.heard()).not.toContain(password);
});
