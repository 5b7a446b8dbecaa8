import type {ServerFacts, Snapshot} from '../../domain/server/snapshot.js';
import type {Hello} from '../hello.js';

export type Cells = readonly unknown[];

/** What a part gives to the picture. */
export type Fields = Omit<Snapshot, 'at' | 'serverMs' | 'ownPid' | 'server' | 'backends' | 'missing'> & {
	readonly server?: Partial<ServerFacts>;
};

/** One statement of the refresh, for every server that has its part, and how its rows become fields of the picture. */
export type PartQuery = {
	text(told: Pick<Hello, 'major'>): string;
	read(rows: readonly Cells[], encoding: string): Fields;
};
