import type {Client, Submittable} from 'pg';

type Wire = {readonly stream: {write(bytes: Uint8Array): void}};

/** F: the function's oid, how the arguments are written, the arguments, and how the result is. All as text. */
function functionCall(oid: number, values: readonly string[]): Buffer {
	const integers = (...numbers: readonly (readonly [value: number, bytes: 2 | 4])[]) =>
		Buffer.concat(
			numbers.map(([value, bytes]) => {
				const buffer = Buffer.alloc(bytes);
				buffer.writeIntBE(value, 0, bytes);
				return buffer;
			}),
		);
	const body = Buffer.concat([
		integers([oid, 4], [0, 2], [values.length, 2]),
		...values.flatMap(value => [integers([Buffer.byteLength(value), 4]), Buffer.from(value)]),
		integers([0, 2]),
	]);
	return Buffer.concat([Buffer.from('F'), integers([body.length + 4, 4]), body]);
}

/** The result of a call, which node-postgres knows nothing of. */
const result = 'received invalid response: 56';

type Failure = {readonly message: string; readonly code?: string; readonly severity?: string};

/** Calls a function as libpq's PQfn does; the SQLSTATE that it ends with, when the session has put it away. */
export async function callFast(
	client: Client,
	oid: number,
	...values: readonly string[]
): Promise<string | undefined> {
	const {stream} = (client as unknown as {readonly connection: Wire}).connection;
	const isOver = new Promise<void>(resolve => {
		const over = () => {
			client.off('drain', over).off('end', over);
			resolve();
		};
		client.on('drain', over).on('end', over);
	});
	return new Promise<string | undefined>(resolve => {
		const query = {
			// What it returns would be taken for an error.
			submit: () => void stream.write(functionCall(oid, values)),
			handleError({message, code = 'none', severity}: Failure) {
				if (message === result) void isOver.then(() => resolve(undefined));
				else if (severity) void isOver.then(() => resolve(code));
				// The connection is gone, and nothing is over that had begun.
				else resolve(code);
			},
			handleReadyForQuery: () => resolve(undefined),
		};
		client.query(query as unknown as Submittable);
	});
}
