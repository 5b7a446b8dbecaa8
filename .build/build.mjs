import {chmod, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {build} from 'esbuild';
import {bundle, demoBundle, flagsBundle, formatBundle, inkBundle} from './bundle.mjs';
import {thirdPartyNotices} from './third-party-notices.mjs';

const {absWorkingDir: root, outfile} = bundle;
// The first brings the second along. That is made once more to learn what is in it.
const metafiles = [
	(await build(bundle)).metafile,
	(await build({...inkBundle, write: false})).metafile,
	(await build(formatBundle)).metafile,
	(await build(demoBundle)).metafile,
	(await build(flagsBundle)).metafile,
];

await chmod(path.join(root, outfile), 0o755);
await writeFile(path.join(root, 'dist/third-party-notices.txt'), await thirdPartyNotices(root, metafiles));
