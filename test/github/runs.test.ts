import {execFile} from 'node:child_process';
import {mkdir, mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import packageJson from '../../package.json' with {type: 'json'};
import {workflow} from './workflows.js';

const root = join(import.meta.dirname, '..', '..');

/** Programs that stand in for others, and print what they are called with. */
const standIns = {
	// One word on a line.
	gh: 'printf "%s\\n" "$@"',
	// One call on a line. It fails where it is told to.
	npm: `echo "npm $*\${PGTOP_TEST_PG:+ on $PGTOP_TEST_PG}"
case $* in
	"$FAILING") exit 1 ;;
	'pack --pack-destination '*) echo package >"$3/pgtop-1.2.3.tgz" ;;
esac`,
	// What .ci/run would get where it is missing.
	psql: '',
	pgbouncer: '',
};

// With the programs of GitHub's machines, which are Linux.
describe.runIf(process.platform === 'linux')('what GitHub runs:', () => {
	let folder: string;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
		for (const [name, script] of Object.entries(standIns)) {
			await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`, {mode: 0o755});
		}
	});

	afterAll(async () => rm(folder, {recursive: true, force: true}));

	/** What a script writes, run as GitHub runs it. */
	const run = async (script: string, cwd: string, variables: Readonly<Record<string, string>> = {}) => {
		const env = {
			...process.env,
			PATH: `${folder}:${process.env.PATH}`,
			// Of the run that this test is part of.
			PGTOP_TEST_PG: '',
			FAILING: '-',
			...variables,
		};
		return (await promisify(execFile)('bash', ['-e', '-c', script], {cwd, env})).stdout.trimEnd().split('\n');
	};

	const step = async (job: string, name: string, tag: string, cwd: string) => {
		const {run: script = ''} = workflow('release.yml').jobs[job]?.steps?.find(one => one.name === name) ?? {};
		expect(script).not.toBe('');
		return run(script, cwd, {GITHUB_REF_NAME: tag});
	};

	const parts = ['types', 'lint', 'build', 'unit'].map(name => `npm run --silent ${name}`);

	describe.each([
		['.ci/run', '.ci/run', ['npm ci', 'npm ci --prefix test/servers', 'npm test on all']],
		['npm test', packageJson.scripts.test, parts],
	])('%s', (_, script, calls) => {
		test('runs everything', async () => {
			expect(await run(script, root)).toEqual(calls);
		});

		test.each(calls)('fails where %s does', async call => {
			const failing = call.replace(/^npm | on all$/g, '');
			await expect(run(script, root, {FAILING: failing})).rejects.toThrow('Command failed');
		});
	});

	test('a release has the version of package.json for its tag', async () => {
		const check = async (tag: string) => step('pack', 'The tag is the version', tag, root);
		expect(await check(`v${packageJson.version}`)).toEqual(['']);
		for (const tag of [packageJson.version, `v${packageJson.version}0`, 'v', '$(exit 0)', 'v*'])
			await expect(check(tag)).rejects.toThrow('Command failed');
	});

	describe('a release', () => {
		const files = ['SHA256SUMS', 'pgtop-1.2.3.tgz', 'third-party-notices.txt'];
		const release = async (tag: string) => step('release', 'Release', tag, join(folder, 'release'));

		beforeAll(async () => {
			await mkdir(join(folder, 'dist'));
			await writeFile(join(folder, 'dist', 'third-party-notices.txt'), 'notices');
			await step('pack', 'Pack', 'v1.2.3', folder);
		});

		test('is made of the package, the licences, and the sums of both', async () => {
			expect((await readdir(join(folder, 'release'))).sort()).toEqual(files);
			const words = await release('v1.2.3');
			expect(words).toEqual(expect.arrayContaining(files.slice(1).map(file => `${file}: OK`)));
			expect(words).toEqual(expect.arrayContaining(['release', 'create', 'v1.2.3', '--verify-tag']));
			expect(words.slice(words.indexOf('--') + 1).sort()).toEqual(files);
			expect(words).not.toContain('--prerelease');
		});

		test('is no latest one where its version is a candidate', async () => {
			expect(await release('v1.2.3-rc.1')).toContain('--prerelease');
		});

		test('is none where a file has changed since', async () => {
			await writeFile(join(folder, 'release', 'pgtop-1.2.3.tgz'), 'another');
			await expect(release('v1.2.3')).rejects.toThrow('did NOT match');
		});
	});
});
