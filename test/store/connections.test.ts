import {describe, expect, test} from 'vitest';
import type {Snapshot} from '../../source/domain/server/snapshot.js';
import type {Server} from '../../source/ports/connect.js';
import type {Failure} from '../../source/ports/failure.js';
import {snapshot} from '../helpers/state/backend.js';
import {usualNames} from '../helpers/state/settings.js';
import {broken, effectsOf, failing, picture, serverThat, settled} from './effects.js';

describe('a connection', () => {
	test('that broke is closed, once it is known', async () => {
		const server = serverThat();
		const {connection, dispatch, actions} = effectsOf(server);
		connection.lose(broken, dispatch);
		expect(server.closed).toBe(1);
		expect(actions).toEqual([{type: 'lost', why: broken.sentence}]);
	});

	test('is made anew, and asked from then on', async () => {
		const next = snapshot([]);
		const {carry} = effectsOf(serverThat(), async () => serverThat({sample: async () => next}));
		expect(await carry({type: 'connect'})).toEqual([{type: 'linked', parts: [], names: usualNames}]);
		expect((await carry({type: 'sample', parts: [], idleTexts: []})).at(-1)).toEqual({
			type: 'sampled',
			snapshot: next,
		});
	});

	test('says which server it is to, where there are several', async () => {
		const {carry} = effectsOf(serverThat(), async () => ({...serverThat(), name: 'dba@db2:5432/shop'}));
		expect(await carry({type: 'connect'})).toEqual([
			{type: 'linked', name: 'dba@db2:5432/shop', parts: [], names: usualNames},
		]);
	});

	test('that can’t be made says why', async () => {
		const {carry} = effectsOf(serverThat(), () => failing({...broken, sentence: 'connection refused'}));
		expect(await carry({type: 'connect'})).toEqual([{type: 'link-failed', why: 'connection refused'}]);
	});

	test('what the one before still answers means nothing any more', async () => {
		let answer: (snapshot: Snapshot) => void = () => {};
		const slow = serverThat({sample: () => new Promise(resolve => (answer = resolve))});
		const {carry, actions} = effectsOf(slow);
		await carry({type: 'sample', parts: [], idleTexts: []});
		await carry({type: 'connect'});
		answer(picture);
		await settled();
		expect(actions).toEqual([{type: 'linked', parts: [], names: usualNames}]);
	});

	test('that breaks by itself is said', async () => {
		let lost: (failure: Failure) => void = () => {};
		const {carry} = effectsOf(serverThat(), async tell => {
			lost = tell;
			return serverThat();
		});
		await carry({type: 'connect'});
		lost(broken);
		expect((await carry({type: 'redraw'})).at(-1)).toEqual({type: 'lost', why: broken.sentence});
	});

	test('that breaks by itself late takes nothing from the one that came after it', async () => {
		const lost: ((failure: Failure) => void)[] = [];
		const servers = [serverThat(), serverThat()];
		const {carry, actions} = effectsOf(serverThat(), async tell => {
			lost.push(tell);
			return servers[lost.length - 1] ?? serverThat();
		});
		await carry({type: 'connect'});
		await carry({type: 'connect'});
		lost[0]?.(broken);
		expect(servers[1]?.closed).toBe(0);
		expect(actions.filter(({type}) => type === 'lost')).toEqual([]);
	});

	test('that is made after the end is closed again', async () => {
		const late = serverThat();
		let made: (server: Server) => void = () => {};
		const {carry, connection, actions} = effectsOf(
			serverThat(),
			() => new Promise(resolve => (made = resolve)),
		);
		await carry({type: 'connect'});
		connection.close();
		made(late);
		await settled();
		expect(late.closed).toBe(1);
		expect(actions).toEqual([]);
	});
});
