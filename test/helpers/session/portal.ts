import type {Client, Submittable} from 'pg';

type Wire = {
	parse(message: {readonly text: string; readonly name: string}): void;
	bind(message: {
		readonly values: readonly unknown[];
		readonly portal: string;
		readonly statement: string;
	}): void;
	execute(message: {readonly rows: number; readonly portal: string}): void;
	flush(): void;
	sync(): void;
};

export type Portal = {
	/** Binds the statement anew, which ends what was bound before. */
	bind(...values: readonly unknown[]): void;
	/** Asks for so many rows; 0 for all. The transaction that the first one began stays open: no Sync is sent. */
	fetch(rows: number): void;
	/** Goes on, as after an error. */
	sync(): void;
	/** The SQLSTATE that it ends with. */
	readonly failure: Promise<string | undefined>;
};

/** Speaks the extended protocol step by step, as a JDBC driver does with a cursor or a batch. */
export function openPortal(client: Client, text: string): Portal {
	const wire = (client as unknown as {readonly connection: Wire}).connection;
	const unnamed = {portal: '', statement: ''};
	let fail: (code: string | undefined) => void;
	const failure = new Promise<string | undefined>(resolve => {
		fail = resolve;
	});
	const nothing = () => {};
	const query = {
		submit: () => wire.parse({text, name: ''}),
		handleError: (error: {readonly code?: string}) => fail(error.code),
		handleReadyForQuery: nothing,
		handleRowDescription: nothing,
		handleDataRow: nothing,
		handlePortalSuspended: nothing,
		handleCommandComplete: nothing,
		handleEmptyQuery: nothing,
	};
	client.query(query as unknown as Submittable);
	return {
		bind: (...values) => wire.bind({values, ...unnamed}),
		fetch(rows) {
			wire.execute({rows, ...unnamed});
			wire.flush();
		},
		sync: () => wire.sync(),
		failure,
	};
}
