import {readdirSync} from 'node:fs';
import {basename, join} from 'node:path';
import process from 'node:process';
import {findBinaries} from '../../../source/demo/binaries.js';
import type {Binaries} from '../../../source/demo/launch/binaries-in.js';
import {binariesIn} from '../../../source/demo/launch/binaries-in.js';

/**
The servers to test on, the newest first: by default the newest and the oldest at hand.
PGTOP_TEST_PG=all: every one; PGTOP_TEST_PG=13,18: those majors. Set to nothing, it is not set.
*/
export const servers: readonly [Binaries, ...Binaries[]] = choose(
	await atHand(),
	process.env.PGTOP_TEST_PG || undefined,
);

export const newest: Binaries = servers[0];

/** The newest and the oldest: for what takes longer still. */
export const endServers: readonly Binaries[] = servers.filter(
	(_, index) => index === 0 || index === servers.length - 1,
);

/** The newest, the oldest, and one between them, which is another one in other files: for what takes long and depends little on the server. */
export function fewServers(file: string): readonly Binaries[] {
	const letters = Buffer.from(basename(file)).reduce((sum, letter) => sum + letter, 0);
	const between = 1 + (letters % Math.max(1, servers.length - 2));
	return servers.filter((_, index) => [0, between, servers.length - 1].includes(index));
}

async function atHand(): Promise<Binaries[]> {
	const found = await findBinaries();
	if ('failure' in found) {
		throw new Error(found.failure);
	}

	const byMajor = new Map([[found.binaries.major, found.binaries]]);
	for (const folder of otherMajors()) {
		const binaries = await binariesIn(folder);
		if (binaries && !byMajor.has(binaries.major)) {
			byMajor.set(binaries.major, binaries);
		}
	}

	return [...byMajor.values()].sort((a, b) => b.major - a.major);
}

/** Installed by choice: npm ci --prefix test/servers. */
function otherMajors(): string[] {
	const modules = join(import.meta.dirname, '..', '..', 'servers', 'node_modules');
	try {
		return readdirSync(modules)
			.filter(name => /^pg\d+/.test(name))
			.map(name => join(modules, name, 'native', 'bin'));
	} catch {
		return [];
	}
}

function choose(all: readonly Binaries[], wish = 'ends'): readonly [Binaries, ...Binaries[]] {
	const ends = [all[0], all.at(-1)];
	const majors = wish.split(',').map(Number);
	const [first, ...others] = all.filter(server => {
		if (wish === 'all') {
			return true;
		}

		return wish === 'ends' ? ends.includes(server) : majors.includes(server.major);
	});
	if (first === undefined) {
		throw new Error(`PGTOP_TEST_PG=${wish}: at hand are ${all.map(({major}) => major).join(', ')}`);
	}

	return [first, ...others];
}
