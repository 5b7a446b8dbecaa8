import path from 'node:path';

/** `ink/build/renderer.js` of any path to it. */
const inPackages = file => file.split(path.sep).join('/').split('node_modules/').at(-1);

// Takes other files for what files of packages import. Where a package has changed so much that one is not imported there any more, or twice, the build fails.
export const replace = replacements => ({
	name: 'replace',
	setup({onStart, onResolve, onEnd, initialOptions: {absWorkingDir}}) {
		const times = new Map();
		onStart(() => times.clear());
		onResolve({filter: /./}, ({path: wanted, importer}) => {
			const found = replacements.find(
				({from, imports}) => imports === wanted && from === inPackages(importer),
			);
			if (!found) return undefined;
			times.set(found, (times.get(found) ?? 0) + 1);
			return {path: path.join(absWorkingDir, found.by)};
		});
		onEnd(() => ({
			errors: replacements
				.filter(replacement => times.get(replacement) !== 1)
				.map(replacement => ({
					text: `${replacement.by} stands in for what ${replacement.from} imports as ${replacement.imports}: it is imported there ${times.get(replacement) ?? 0} times, not once`,
				})),
		}));
	},
});
