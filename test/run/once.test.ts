import {setTimeout as wait} from 'node:timers/promises';
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import type {Rules} from '../../source/domain/configuration/rules.js';
import {plainText} from '../../source/lines/plain.js';
import type {Connect, Server} from '../../source/ports/connect.js';
import {configure} from '../../source/run/configuration/configure.js';
import {equip} from '../../source/run/equip.js';
import {takeOnce} from '../../source/run/once.js';
import {parseArguments} from '../../source/run/start/argv.js';
import {openTarget} from '../../source/run/start/open-target.js';
import {options} from '../../source/tables/options.js';
import {cleanEnvironment} from '../helpers/clean-environment.js';
import {openLink} from '../helpers/network/link.js';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {openSession} from '../helpers/session/session.js';
import {startRecorder} from '../wire/recorder.js';

let cluster: TestCluster;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
	cluster = await startCluster();
});

afterEach(async () => {
	for (const close of closers.splice(0)) await close();
});

afterAll(async () => cluster.stop());

/** One picture as --once takes it, over connections that differ from the real ones by `as`. */
async function pictureAt(
	{host, port}: {readonly host: string; readonly port: number},
	as: (server: Server) => Partial<Server> = () => ({}),
	interval = 0.5,
	rules: Rules = {},
) {
	const way = [`--host=${host}`, `--port=${port}`, '--username=postgres', '--dbname=appdb'];
	const parsed = await parseArguments([...way, `--interval=${interval}`, '--once'], options);
	if (parsed.type !== 'run') throw new Error('these are no flags of a run');
	const login = await openTarget(parsed.flags, cleanEnvironment(), async () => ({type: 'no terminal'}));
	if (login.type !== 'connected') throw new Error(`there is no connection: ${JSON.stringify(login)}`);
	const author = {osUser: 'tester', sudoUser: null, sshClient: null};
	const configured = await configure(parsed.flags, cleanEnvironment());
	if (configured.type === 'bad') throw new Error(configured.sentence);
	const run = {
		version: '0',
		configuration: configured.configuration,
		author,
		isPlain: true,
		isAscii: false,
		isDrawable: () => true,
	};
	const {settings, connect} = equip(parsed.flags, login, run);
	let connections = 0;
	const open: Connect = async (...how) => {
		connections++;
		const server = await connect(...how);
		return {...server, ...as(server)};
	};
	const configuration = {...settings.configuration, rules};
	return {taken: takeOnce(open, {...settings, configuration}), connections: () => connections};
}

/** The rights come only after `before`. */
const rightsAfter =
	(before: () => unknown) =>
	({inspector}: Server): Partial<Server> => ({
		inspector: {
			...inspector,
			async rights() {
				await before();
				return inspector.rights();
			},
		},
	});

test('a single picture asks for one refresh and the rights, however long those take', async () => {
	const recorder = await startRecorder(cluster);
	closers.push(recorder.close);
	const {taken} = await pictureAt(
		recorder,
		rightsAfter(() => wait(700)),
	);
	const {server} = await taken;
	expect(server.rights).toBeDefined();
	const asked = recorder.messages().map(({type, text}) => (type === 'Q' ? text.slice(0, 5) : type));
	expect(asked).toEqual(['startup', 'show ', 'begin', 'set l', 'commi', 'set l']);
});

test('an interval of the configuration does not make a single picture slower, nor a second one due', async () => {
	for (const interval of [60_000, 500]) {
		const rules = {interval: {value: interval, from: 'line 1'}};
		const {taken} = await pictureAt(
			cluster,
			rightsAfter(() => wait(700)),
			0.5,
			rules,
		);
		const {server} = await taken;
		expect(server.pictures).toBe(1);
		expect(server.rights).toBeDefined();
	}
});

test('a connection that breaks before the picture is the end, and no other one is tried', async () => {
	const link = await openLink(cluster);
	closers.push(link.close);
	const {taken, connections} = await pictureAt(link, server => ({
		async sample(parts) {
			const picture = server.sample(parts);
			link.cut();
			return picture;
		},
	}));
	await expect(taken).rejects.toMatchObject({
		sentence: `${link.host}/.s.PGSQL.${link.port} closed the connection`,
	});
	// Longer than until the first try of a run that goes on.
	await wait(400);
	expect(connections()).toBe(1);
});

test('a connection that breaks after the picture costs only the rights', async () => {
	const link = await openLink(cluster);
	closers.push(link.close);
	const {taken} = await pictureAt(
		link,
		rightsAfter(() => link.cut()),
	);
	const text = plainText(await taken, undefined);
	expect(text).toContain("! what this role may do can't be read: ");
	expect(text).not.toContain('no connection');
});

test('of each idle session there is the last query', async () => {
	const session = await openSession(cluster);
	closers.push(session.end);
	await session.query('select 1 as the_last_one');
	const {taken} = await pictureAt(cluster);
	expect(plainText(await taken, undefined)).toMatch(
		new RegExp(` ${session.pid} .* idle \\ds: select 1 as the_last_one`),
	);
});

test('one picture has no rates, and with an interval of five seconds there are two of them, which have', async () => {
	const {taken: single} = await pictureAt(cluster);
	expect(plainText(await single, undefined)).toMatch(/tps -/);
	const recorder = await startRecorder(cluster);
	closers.push(recorder.close);
	const {taken} = await pictureAt(recorder, () => ({}), 5);
	const {server} = await taken;
	expect(server.pictures).toBe(2);
	expect(server.rates.tps).toBeGreaterThanOrEqual(0);
	const begun = recorder.messages().filter(({type, text}) => type === 'Q' && text.startsWith('begin'));
	expect(begun).toHaveLength(2);
});

test('a connection that breaks before the second picture costs only the rates', async () => {
	const link = await openLink(cluster);
	closers.push(link.close);
	let pictures = 0;
	const {taken} = await pictureAt(
		link,
		server => ({
			async sample(parts) {
				pictures++;
				const picture = server.sample(parts);
				if (pictures === 2) link.cut();
				return picture;
			},
		}),
		5,
	);
	const text = plainText(await taken, undefined);
	expect(text).toMatch(/tps -/);
	expect(text).not.toContain('no connection');
});
