import {execFile} from 'node:child_process';
import {cp, mkdtemp, readFile, rm, symlink} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {expect, test} from 'vitest';
import packageJson from '../../package.json' with {type: 'json'};

const root = join(import.meta.dirname, '..', '..');

test('the line of the README builds the program and installs it', async () => {
	const [, line = ''] =
		/^npm ci && (npm install .*?) +#/m.exec(await readFile(join(root, 'README.md'), 'utf8')) ?? [];
	expect(line).not.toBe('');
	const folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
	try {
		// Apart from the others, who run what is in dist/. This is as fresh as a clone, and its name has a blank.
		const copy = join(folder, 'a clone');
		const left = ['.git', 'dist', 'node_modules', 'test'];
		const filter = (path: string) => !left.includes(relative(root, path)) && !path.endsWith('.tgz');
		await cp(root, copy, {recursive: true, filter});
		await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
		const settings = {
			prefix: folder,
			cache: join(folder, 'cache'),
			offline: 'true',
			update_notifier: 'false',
		};
		const env = Object.fromEntries(
			Object.entries(settings).map(([key, value]) => [`npm_config_${key}`, value]),
		);
		await promisify(execFile)('bash', ['-c', line], {cwd: copy, env: {...process.env, ...env}});
		const {stdout} = await promisify(execFile)(join(folder, 'bin', 'pgtop'), ['--version']);
		expect(stdout).toBe(`pgtop ${packageJson.version}\n`);
	} finally {
		await rm(folder, {recursive: true, force: true});
	}
});

test('the line that tries it starts what was built, with a server of its own', () => {
	expect(packageJson.scripts.demo).toBe(`npm run --silent build && node ${packageJson.bin.pgtop} --demo`);
});
