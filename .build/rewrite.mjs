import {readFile} from 'node:fs/promises';
import path from 'node:path';

/** `ink/build/renderer.js` of any path to it. */
const inPackages = file => file.split(path.sep).join('/').split('node_modules/').at(-1);

// Puts other text into files of packages. Where a package has changed so much that a file, or the old text in it, is not found exactly once, the build fails.
export const rewrite = rewrites => ({
	name: 'rewrite',
	setup({onStart, onLoad, onEnd}) {
		const times = new Map();
		onStart(() => times.clear());
		onLoad({filter: /node_modules/}, async args => {
			const here = rewrites.filter(({file}) => file === inPackages(args.path));
			if (here.length === 0) return undefined;
			let contents = await readFile(args.path, 'utf8');
			for (const one of here) {
				const found = contents.match(new RegExp(one.old, `${one.old.flags}g`)) ?? [];
				times.set(one, (times.get(one) ?? 0) + found.length);
				contents = contents.replace(one.old, one.by);
			}

			return {contents, loader: 'js'};
		});
		onEnd(() => ({
			errors: rewrites
				.filter(one => times.get(one) !== 1)
				.map(one => ({
					text: `${one.file} has ${one.old} ${times.get(one) ?? 0} times, not once: see .build/rewrites.mjs`,
				})),
		}));
	},
});
