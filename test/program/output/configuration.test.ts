import {execFile} from 'node:child_process';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parse} from 'smol-toml';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {cleanEnvironment} from '../../helpers/clean-environment.js';
import {limit} from '../../helpers/limit.js';
import {program} from '../../helpers/terminal/terminal.js';
import {newestNode, onEachNode, press, select, sleep} from '../stage.js';

let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-configured-'));
});

afterAll(async () => rm(folder, {recursive: true}));

/** A home with this configuration file. */
async function homeWith(text: string): Promise<string> {
	const home = await mkdtemp(join(folder, 'home-'));
	await mkdir(join(home, 'pgtop'));
	await writeFile(join(home, 'pgtop', 'config.toml'), text);
	return home;
}

onEachNode({among: newestNode}, (stage, node) => {
	/** Runs the program with a configuration file. */
	const pgtop = async (text: string, args: readonly string[], way = ['-h', stage.cluster.host]) => {
		const home = await homeWith(text);
		const env = {...cleanEnvironment(), XDG_CONFIG_HOME: home};
		const words = [program, ...way, '-U', 'postgres', 'appdb', ...args];
		return new Promise<{code: number; stdout: string; stderr: string; file: string}>(resolve => {
			const child = execFile(node, words, {env, timeout: limit}, (error, stdout, stderr) => {
				const code = error ? Number(error.code ?? -1) : 0;
				resolve({code, stdout, stderr, file: join(home, 'pgtop', 'config.toml')});
			});
			child.stdin?.end();
		});
	};

	test('a mistake in the file is one sentence, and exit 2', async () => {
		const {code, stdout, stderr, file} = await pgtop('\ninterval = 100\n', []);
		expect({code, stdout, stderr}).toEqual({
			code: 2,
			stdout: '',
			stderr: `pgtop: ${file}, line 2: interval takes 0.5 to 60 seconds, not 100\n`,
		});
	});

	test('with --no-config it is not looked at', async () => {
		const {code, stdout, stderr} = await pgtop('\ninterval = 100\n', ['--no-config']);
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		expect(stdout).toContain('PRIMARY');
	});

	test.each(['--help', '--version', '--signals'])('%s does not look at it either', async word => {
		expect(await pgtop('no TOML', [word])).toMatchObject({code: 0, stderr: ''});
	});

	test('one picture is not waited for because of an interval in the file', async () => {
		const {code, stdout} = await pgtop('interval = 60\n', []);
		expect(code).toBe(0);
		expect(stdout).toMatch(/tps -/);
	});

	test('the screen has the colours of the theme in the file, and sends nothing where that says so', async () => {
		const {pid} = await stage.open(sleep);
		const home = await homeWith('theme = "dark"\nread-only = true\n');
		const terminal = await stage.watch({env: {XDG_CONFIG_HOME: home}});
		await terminal.until(` ${pid} app`);
		const state = terminal.cell(terminal.row(4).indexOf('STATE'), terminal.find(` ${pid} app`));
		expect(state).toMatchObject({text: 'a', isColoured: true});
		await select(terminal, pid);
		await press(terminal, 'k', 'read-only by the configuration: line 2');
		expect(await stage.signalsSent()).toBe(0);
	});

	describe('--show-config', () => {
		test('prints what is in force as TOML, with where it comes from', async () => {
			const text = 'theme = "dark"\ninterval = 5\nservice-roles = ["app"]\n';
			const {code, stdout, stderr, file} = await pgtop(text, ['--show-config', '--interval=3']);
			expect({code, stderr}).toEqual({code: 0, stderr: ''});
			expect(stdout.split('\n').slice(0, 2)).toEqual([
				`# in force for postgres@[local:${stage.cluster.host}]:${stage.cluster.port}/appdb`,
				`# ${file}`,
			]);
			expect(stdout).toMatch(/^interval = 3 +# --interval$/m);
			expect(stdout).toMatch(/^theme = "dark" +# line 1$/m);
			expect(stdout).toMatch(/^confirm = "auto" +# default$/m);
			expect(parse(stdout)).toMatchObject({interval: 3, theme: 'dark', 'service-roles': ['app']});
		});

		test('without a connection prints what holds for the host that was named, and says why there is none', async () => {
			const {code, stdout, stderr} = await pgtop(
				`interval = 5\n[server."${folder}"]\nread-only = true\n`,
				['--show-config'],
				['-h', folder],
			);
			expect(code).toBe(1);
			expect(stdout).toMatch(/^# in force as far as is known without a connection: /);
			expect(parse(stdout)).toMatchObject({interval: 5, 'read-only': true});
			expect(stderr).toMatch(/^pgtop: [^\n]+\n/);
		});
	});
});
