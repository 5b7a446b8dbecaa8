import type {Backend} from '../../session/backend.js';
import type {Signal} from '../target.js';
import type {Reason} from './reason.js';

const kind = (text: string, short: string): readonly Reason[] => [{id: 'kind', text, short}];

/** What a process that is no client session is, and what becomes of it. */
export function whatItIs(signal: Signal, backend: Backend): readonly Reason[] {
	const {kind: what, type = what, query} = backend;
	switch (what) {
		case 'autovacuum worker':
			return query?.text.includes('(to prevent wraparound)')
				? kind('autovacuum to prevent wraparound: it starts again at once', 'autovacuum against wraparound')
				: kind(
						signal === 'cancel'
							? 'an autovacuum worker: it gives up its table, which is done again later'
							: 'an autovacuum worker: it comes back by itself',
						'an autovacuum worker',
					);
		case 'walsender':
			return whatItSends(backend);
		case 'launcher':
			return kind(`the ${type}: it starts again`, 'a launcher: it starts again');
		case 'logical worker':
			return kind('it applies a subscription, and starts again', 'it applies a subscription');
		default:
			return kind(
				`no client session (${type}): pgtop does not know what ending it does`,
				`no client session: ${type}`,
			);
	}
}

/** Servers before 13 do not tell what a walsender runs. */
function whatItSends({application, query}: Backend): readonly Reason[] {
	const isBackup = /^\s*base_backup\b/i.test(query?.text ?? '') || application === 'pg_basebackup';
	if (isBackup) {
		return [
			{
				id: 'backup',
				text: 'a base backup: it fails, what it has copied is lost, and it has to begin anew',
				short: 'a base backup: it fails',
			},
		];
	}

	return /^\s*start_replication\b/i.test(query?.text ?? '')
		? kind('a walsender: what it streams to loses its connection, and connects again', 'a walsender')
		: [
				{
					id: 'backup',
					text: 'a walsender: a standby connects again; a base backup fails, and has to begin anew',
					short: 'a walsender: a base backup fails',
				},
			];
}
