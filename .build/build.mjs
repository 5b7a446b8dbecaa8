import {chmod, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {build} from 'esbuild';
import {bundle} from './bundle.mjs';
import {thirdPartyNotices} from './third-party-notices.mjs';

const {absWorkingDir: root, outfile} = bundle;
const {metafile} = await build(bundle);

await chmod(path.join(root, outfile), 0o755);
await writeFile(path.join(root, 'dist/third-party-notices.txt'), await thirdPartyNotices(root, metafile));
