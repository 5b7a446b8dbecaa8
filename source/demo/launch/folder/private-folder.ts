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

/** Makes a folder for this process alone, which shows whether this process still lives. Also removes the folders of dead ones. */
export async function makePrivateFolder(isForPrograms: boolean): Promise<PrivateFolder> {
	await Promise.all(bases().map(sweep));
	const path = await mkdtemp(join(await suitableBase(isForPrograms), prefix));
	// Whoever can connect knows that we live. A pid in a file would be wrong in a container that shares the folder.
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
