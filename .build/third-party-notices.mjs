import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';

// The licences of every package that esbuild's metafiles say is in a bundle.
export async function thirdPartyNotices(root, metafiles) {
	const inputs = metafiles.flatMap(({outputs}) => Object.keys(Object.values(outputs)[0].inputs));
	const folders = new Set(inputs.flatMap(input => input.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []));
	const notices = await Promise.all([...folders].map(folder => notice(path.join(root, folder))));
	return `pgtop contains the following packages.\n\n${[...new Set(notices)].sort().join('\n')}`;
}

async function notice(folder) {
	const {name, version, license} = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
	// Meow keeps the licences of what it bundles beside the bundle.
	const files = await readdir(folder, {recursive: true});
	const texts = files.filter(file => /^(?:build\/)?(?:licen[cs]e|copying|notice)[^/]*$/i.test(file)).sort();
	const bodies = await Promise.all(texts.map(file => readFile(path.join(folder, file), 'utf8')));
	const body =
		bodies.length > 0 ? bodies.map(text => text.trim()).join('\n\n') : 'The package ships no licence file.';
	return `${'-'.repeat(80)}\n${name} ${version}, declared licence: ${license ?? 'none'}\n\n${body}\n`;
}
