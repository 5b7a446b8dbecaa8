import path from 'node:path';

/** Leaves a bundle in a file of its own, beside the program, which is read when the program imports it. */
export const apart = ({absWorkingDir, entryPoints: [file], outfile}) => ({
	name: 'apart',
	setup({onResolve}) {
		const {dir, name} = path.parse(path.resolve(absWorkingDir, file));
		onResolve({filter: new RegExp(`/${name}\\.js$`)}, ({path: wanted, resolveDir, kind}) =>
			kind === 'dynamic-import' && path.resolve(resolveDir, wanted) === path.join(dir, `${name}.js`)
				? {path: `./${path.basename(outfile)}`, external: true}
				: undefined,
		);
	},
});
