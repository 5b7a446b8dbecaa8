import path from 'node:path';

const late = what => `let loaded;
module.exports = Object.create(new Proxy({}, {get: (_, name) => (loaded ??= require('${what}'))[name]}));`;

// Loads these modules when something of them is used for the first time, and not at the start: builtins by the name that they are imported by, and one file of a package. An import becomes an object that inherits whatever the module has.
export const lazy = (builtins, file) => ({
	name: 'lazy',
	setup({onStart, onResolve, onLoad, onEnd}) {
		const found = new Set();
		onStart(() => found.clear());
		onResolve({filter: /^node:/}, ({path: name, kind}) => {
			if (kind !== 'import-statement' || !builtins.includes(name)) return undefined;
			found.add(name);
			return {path: name, namespace: 'lazy'};
		});
		onLoad({filter: /./, namespace: 'lazy'}, ({path: name}) => ({contents: late(name)}));
		onResolve({filter: /\?loaded$/}, ({path: name, resolveDir}) => ({
			path: path.join(resolveDir, name.replace('?loaded', '')),
			suffix: '?loaded',
		}));
		onLoad({filter: /node_modules/}, ({path: name, suffix}) => {
			if (suffix !== '' || !name.split(path.sep).join('/').endsWith(`/node_modules/${file}`))
				return undefined;
			found.add(file);
			return {contents: late(`./${path.basename(file)}?loaded`)};
		});
		onEnd(() => ({
			errors: [...builtins, file]
				.filter(name => !found.has(name))
				.map(name => ({text: `${name} is to be loaded late, and nobody imports it`})),
		}));
	},
});
