import {blocksWords, freesWords, letsGoOnWords} from '../../domain/locks/words/frees-words.js';
import {graphWith} from '../../domain/locks/words/graph-with.js';
import {isOneQuery, losesWords} from '../../domain/locks/words/loses-words.js';
import type {Snapshot} from '../../domain/server/snapshot.js';
import type {Inspection} from '../../domain/session/inspection.js';
import type {Signal} from '../../domain/signal/target.js';

/** Of those who wait for a session: how many they are, how many a signal lets go on, and who is next. Of a cancel also what a wait loses by it; a savepoint may keep the transaction, and its locks. Where the locks were not read nothing is said. */
export function lockParts(
	{backend, locks}: Inspection,
	signal: Signal,
	picture: Snapshot | undefined,
): readonly string[] {
	const graph = graphWith(picture, locks);
	const sight = graph?.sights.get(backend.id);
	if (!graph || !sight) return [];
	const {id} = backend;
	const isOneStatement = isOneQuery(backend);
	const givesUpWait = signal === 'cancel' && sight.wait !== undefined;
	const savepoint =
		signal === 'cancel' && !givesUpWait && !isOneStatement ? ', unless a savepoint takes it' : '';
	const cost = givesUpWait && isOneStatement ? losesWords(backend, sight.wait) : undefined;
	const loses = cost === undefined ? [] : [cost];
	if (sight.blocks === 0) return loses;
	const words = givesUpWait ? letsGoOnWords(graph.letsGoOn(id)) : freesWords(graph.freesOf(id));
	const next = graph.nextAfter(id);
	const pid = next && picture?.backends.find(one => one.id === next)?.pid;
	return [
		`${blocksWords(sight.blocks, graph.isCut)}${words === undefined ? '' : `, ${words}${savepoint}`}`,
		...loses,
		...(pid === undefined ? [] : [`next: ${pid}`]),
	];
}
