import {execFile} from 'node:child_process';
import {expect, test} from 'vitest';
import {cleanEnvironment} from '../../helpers/clean-environment.js';
import {limit} from '../../helpers/limit.js';
import {program} from '../../helpers/terminal/terminal.js';
import {newestNode, onEachNode, sleep} from '../stage.js';

onEachNode({among: newestNode}, (stage, node) => {
	const once = async (...args: readonly string[]) =>
		new Promise<{code: number; stdout: string; stderr: string}>(resolve => {
			const way = ['-h', stage.cluster.host, '-U', 'postgres', 'appdb', '--once'];
			const options = {env: cleanEnvironment(), timeout: limit};
			const child = execFile(node, [program, ...way, ...args], options, (error, stdout, stderr) =>
				resolve({code: error ? Number(error.code ?? -1) : 0, stdout, stderr}),
			);
			child.stdin?.end();
		});

	test('--once prints exactly the sessions that match, in the columns that are named', async () => {
		const mine = [await stage.open(sleep), await stage.open(sleep)];
		await stage.open(sleep, {database: 'postgres'});
		await stage.open(sleep, {user: 'plain'});
		const {code, stdout, stderr} = await once('--filter=user=app db=appdb', '--columns=db,PID,user,query');
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		const lines = stdout.trimEnd().split('\n');
		// The figures are of all sessions: those four, and the idle one of the test itself.
		expect(lines[2]).toMatch(/^ *4 active .* 1 idle /);
		const title = lines.findIndex(line => /\bPID\b/.test(line));
		expect(lines[title - 1]).toBe('filter user=app db=appdb: 2 of 5');
		expect(lines[title]).toMatch(/^ +DB +PID USER +QUERY$/);
		expect(lines.slice(title + 1)).toEqual(
			mine.map(({pid}) =>
				expect.stringMatching(new RegExp(`^ +appdb +${pid} app +select pg_sleep\\(600\\)$`)),
			),
		);
	});

	test.each([
		['--filter=user:', '--filter: user: needs a value'],
		['--filter=colour:red', /^--filter: no field colour: user db .*; or quote it$/],
		['--filter=~/(/', /^--filter: bad regex: /],
		['--columns=pid,qeury', '--columns: there is no column "qeury": did you mean query?'],
		['--columns=pid,pid', '--columns: "pid" is named twice'],
	])('%s is one sentence and exit 2, before any server is asked', async (flag, sentence) => {
		const {code, stdout, stderr} = await once('-h', '/nowhere', flag);
		expect({code, stdout}).toEqual({code: 2, stdout: ''});
		expect(stderr).toMatch(/^pgtop: [^\n]+\n$/);
		expect(stderr.trimEnd().slice('pgtop: '.length)).toMatch(sentence);
	});
});
