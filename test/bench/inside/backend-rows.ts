import {applicationOf, fillerOf} from '../filler.js';

export type Cell = string | number | null;

/** In microseconds. */
export const second = 1_000_000;
export const noon = Date.UTC(2026, 10, 28, 12) * 1000;

type BackendRow = {
	readonly index: number;
	readonly cells: () => readonly Cell[];
	/** Not as in the picture before. */
	readonly isNew: boolean;
};

type Work = {
	readonly share: number;
	readonly facts: (text: string) => readonly Cell[];
	readonly isInTx: boolean;
};

const running = (text: string, ...wait: readonly Cell[]): readonly Cell[] => [
	...['active', ...wait],
	...[text.slice(0, 1024), text.length, '4611686018427387904', '-4611686018427387904'],
];

/** What sessions do, and how many of a hundred: as the load on the real server. */
const works: readonly Work[] = [
	{share: 5, facts: text => running(text, 'Timeout', 'PgSleep'), isInTx: true},
	{share: 20, facts: text => running(text, 'Timeout', 'PgSleep'), isInTx: true},
	{share: 2, facts: text => running(text, 'Lock', 'transactionid'), isInTx: true},
	{
		share: 10,
		facts: text => ['idle in transaction', 'Client', 'ClientRead', text.slice(0, 300), 300, '42', '-42'],
		isInTx: true,
	},
	{share: 63, facts: () => ['idle', 'Client', 'ClientRead', null, null, null, null], isInTx: false},
];

function workOf(index: number): Work & {readonly isShort: boolean} {
	let place = index % 100;
	for (const [number, work] of works.entries()) {
		if (place < work.share) return {...work, isShort: number === 0};
		place -= work.share;
	}

	throw new Error('the shares are not a hundred');
}

/** The rows of a picture, as the server sends them. Those that run short statements have another one in each. */
export const backendRows = (count: number, picture: number): readonly BackendRow[] =>
	Array.from({length: count}, (_, index) => {
		const {facts, isInTx, isShort} = workOf(index);
		const begun = isShort ? noon + picture * second - 1000 * (index % 900) : noon - (index % 3600) * second;
		return {
			index,
			isNew: isShort,
			cells: () => [
				...[10_000 + index, null, 'client backend', 16_384, 16_385, 'app', 'shop', 'UTF8'],
				...[applicationOf(index), null, -1],
				...[noon - 7200 * second + index, isInTx ? begun : null, begun, begun],
				...facts(fillerOf(isShort ? index + picture : index, 200 + ((index * 37) % 2800))),
				...[isInTx && index % 3 === 0 ? 4_000_000 + index : null, isInTx ? 3_999_000 : null],
			],
		};
	});
