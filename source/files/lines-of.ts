import type {FileHandle} from 'node:fs/promises';

/** In bytes. A signal's line is shorter: a server keeps at most one megabyte of a query, which JSON may make six. */
export const longestLine = 16 * 2 ** 20;

const lineFeed = 0x0a;

/** The lines of a file, with only one at a time in memory. A line longer than `longestLine` is undefined. */
export async function* linesOf(handle: FileHandle): AsyncGenerator<string | undefined> {
	let parts: Buffer[] = [];
	let length = 0;
	const add = (part: Buffer) => {
		length += part.length;
		if (length <= longestLine) parts.push(part);
		else parts = [];
	};
	const take = () => {
		const line = length > longestLine ? undefined : Buffer.concat(parts).toString('utf8');
		parts = [];
		length = 0;
		return line;
	};

	for await (const chunk of handle.createReadStream({autoClose: false}) as AsyncIterable<Buffer>) {
		let from = 0;
		for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
			add(chunk.subarray(from, end));
			yield take();
			from = end + 1;
		}

		add(chunk.subarray(from));
	}

	if (length > 0) yield take();
}
