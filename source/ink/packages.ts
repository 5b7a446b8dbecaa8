/** All that the screen needs of packages. In the built program this is a text until the first picture stands: see `.build/later.mjs`. */
export {Box, render, Text, Transform} from 'ink';
export {useInsertionEffect, useSyncExternalStore} from 'react';
export {Fragment, jsx, jsxs} from 'react/jsx-runtime';
export {default as Table} from '#ink-table';
