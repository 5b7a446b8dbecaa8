import {close, open, read} from 'node:fs';

/** More than a file of a process has that is read here. */
const most = 8192;

/**
The text of a file in /proc; undefined where it can't be read, whatever the reason.

Nothing waits for a disk there. The promises of node:fs ask for the size first, which is 0, and cost three times as much.
*/
export const readProcFile = (file: string) =>
	new Promise<string | undefined>(resolve => {
		open(file, 'r', (failure, descriptor) => {
			if (failure) {
				resolve(undefined);
				return;
			}

			read(descriptor, Buffer.allocUnsafe(most), 0, most, 0, (error, length, bytes) => {
				close(descriptor, () => {});
				resolve(error ? undefined : bytes.toString('latin1', 0, length));
			});
		});
	});
