import {execFile} from 'node:child_process';
import {mkdtemp} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import packageJson from '../../package.json' with {type: 'json'};

const root = join(import.meta.dirname, '..', '..');

/** The package of what is in dist/: `tgz`, and in `content` what is inside; both are in `folder`. */
export async function pack(): Promise<{
	readonly folder: string;
	readonly tgz: string;
	readonly content: string;
}> {
	const run = promisify(execFile);
	const folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
	const tgz = join(folder, `pgtop-${packageJson.version}.tgz`);
	// Without the build that comes before: other tests run what is in dist/.
	const flags = ['--ignore-scripts', '--no-update-notifier', `--cache=${join(folder, 'cache')}`];
	await run('npm', ['pack', ...flags, `--pack-destination=${folder}`], {cwd: root});
	await run('tar', ['-xzf', tgz, '-C', folder]);
	return {folder, tgz, content: join(folder, 'package')};
}
