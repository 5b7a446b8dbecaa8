import {createRequire, Module} from 'node:module';
import * as ink from 'ink';
import type inkTable from 'ink-table';
import type {JSX as ReactJsx} from 'react';

// The types of ink-table name the global JSX that React 19 no longer declares.
declare global {
	namespace JSX {
		type Element = ReactJsx.Element;
	}
}

// Ink-table is CommonJS and requires Ink, which awaits at its top level and so cannot be required.
// So the Ink that we have imported goes into the cache of `require`, where ink-table finds it.
const require = createRequire(import.meta.url);
const inkPath = createRequire(require.resolve('ink-table')).resolve('ink');
const seeded = new Module(inkPath);
seeded.filename = inkPath;
seeded.loaded = true;
seeded.exports = ink;
require.cache[inkPath] ??= seeded;

export default (require('ink-table') as typeof inkTable).default;
