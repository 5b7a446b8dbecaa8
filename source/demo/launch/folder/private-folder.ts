import {mkdtemp} from 'node:fs/promises';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {removeFolder} from './remove-folder.js';
import {bases, suitableBase} from './suitable-base.js';
import {ownerSocket, prefix, sweep} from './sweep.js';

export type PrivateFolder = {
	readonly path: string;
	remove(): Promise<void>;
};

/** A folder for us alone that says for how long we live. On the way it takes away those of the dead. */
export async function makePrivateFolder(isForPrograms: boolean): Promise<PrivateFolder> {
	await Promise.all(bases().map(sweep));
	const path = await mkdtemp(join(await suitableBase(isForPrograms), prefix));
	// Whoever can connect knows that we live. A pid in a file would lie in a container that shares the folder.
	const owner = createServer(socket => socket.destroy()).listen(join(path, ownerSocket));
	await new Promise((resolve, reject) => owner.once('listening', resolve).once('error', reject));
	owner.unref();
	return {
		path,
		async remove() {
			owner.close();
			await removeFolder(path);
		},
	};
}
