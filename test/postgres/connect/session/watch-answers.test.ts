import {once} from 'node:events';
import {connect, createServer, type Socket} from 'node:net';
import {setTimeout as wait} from 'node:timers/promises';
import {expect, onTestFinished, test} from 'vitest';
import {watchAnswers} from '../../../../source/postgres/connect/session/watch-answers.js';
import {listen} from '../../../helpers/network/listen.js';

const limits = {stuck: 100, silence: 200, whole: 700, every: 10};

/** A connection that is watched, and the other end of it. */
async function watched() {
	const sockets: Socket[] = [];
	const server = createServer({noDelay: true});
	const {port, host} = await listen(server, sockets);
	const socket = connect(port, host);
	const [other] = (await once(server, 'connection')) as [Socket];
	sockets.push(socket, other);
	other.on('error', () => {});
	socket.resume();
	let error: Error | undefined;
	socket.on('error', why => {
		error = why;
	});
	onTestFinished(() => void socket.destroy());
	let stuck = 0;
	const watch = watchAnswers(socket, () => stuck++, limits);
	return {socket, other, watch, why: () => error?.message, stuck: () => stuck};
}

/** Says a byte every few milliseconds until the connection has broken. */
async function trickle(other: Socket, isOver: () => boolean): Promise<void> {
	while (!isOver()) {
		other.write('.');
		await wait(10);
	}
}

/** How long it takes until a connection has broken, in milliseconds. */
async function untilBroken(socket: Socket): Promise<number> {
	const from = performance.now();
	// It breaks with an error, which `once` would throw.
	await new Promise(resolve => socket.once('close', resolve));
	return performance.now() - from;
}

test('a connection on which nothing comes breaks after the silence', async () => {
	const {socket, watch, why, stuck} = await watched();
	watch.asked();
	const took = await untilBroken(socket);
	expect(stuck()).toBe(1);
	expect(took).toBeGreaterThanOrEqual(limits.silence - limits.every);
	expect(why()).toBe('Query read timeout');
});

test('one on which bytes trickle does not break before the time for a whole answer, and then does', async () => {
	const {socket, other, watch, why, stuck} = await watched();
	watch.asked();
	const trickled = trickle(other, () => socket.destroyed);
	expect(await untilBroken(socket)).toBeGreaterThanOrEqual(limits.whole - limits.every);
	expect(why()).toBe('Query read timeout');
	expect(stuck()).toBe(0);
	await trickled;
});

test('the time for a whole answer begins anew with each answer, and not with each question', async () => {
	const {socket, other, watch} = await watched();
	watch.asked();
	const trickled = trickle(other, () => socket.destroyed);
	const broken = untilBroken(socket);
	await wait(limits.whole / 2);
	watch.answered(false);
	for (let times = 0; times < 5; times++) watch.asked();
	expect(await broken).toBeGreaterThanOrEqual(1.5 * limits.whole - limits.every);
	await trickled;
});

test('where everything has its answer the connection may be silent, until it is asked again', async () => {
	const {socket, watch} = await watched();
	watch.asked();
	watch.answered(true);
	await wait(2 * limits.silence);
	expect(socket.destroyed).toBe(false);
	watch.asked();
	await untilBroken(socket);
});

test('time in which the program does not run does not count: the answer may be there', async () => {
	const {socket, other, watch} = await watched();
	watch.asked();
	other.write('.');
	const until = performance.now() + limits.whole + limits.silence;
	while (performance.now() < until);
	await wait(3 * limits.every);
	expect(socket.destroyed).toBe(false);
	await untilBroken(socket);
});
