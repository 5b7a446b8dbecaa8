import type {Client, Submittable} from 'pg';

type Wire = {readonly stream: {write(bytes: Uint8Array): void}};

/** Sends a statement as the bytes it is made of, whatever they mean. */
export async function rawQuery(client: Client, text: Uint8Array): Promise<void> {
	const {stream} = (client as unknown as {readonly connection: Wire}).connection;
	const length = Buffer.alloc(4);
	length.writeInt32BE(text.length + 5);
	await new Promise<void>((resolve, reject) => {
		const nothing = () => {};
		const query = {
			// What it returns would be taken for an error.
			submit: () => void stream.write(Buffer.concat([Buffer.from('Q'), length, text, Buffer.from([0])])),
			handleError: reject,
			handleReadyForQuery: () => resolve(),
			handleRowDescription: nothing,
			handleDataRow: nothing,
			handleCommandComplete: nothing,
			handleEmptyQuery: nothing,
		};
		client.query(query as unknown as Submittable);
	});
}
