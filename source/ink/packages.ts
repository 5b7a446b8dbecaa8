/** All that the screen needs of packages, and the only door to them. In the built program they are a text until the first picture stands: see `.build/later.mjs`. */
export {Box, render, Text, Transform} from 'ink';
export {useInsertionEffect, useSyncExternalStore} from 'react';
export {Fragment, jsx, jsxs} from 'react/jsx-runtime';
export {default as Table} from '#ink-table';
