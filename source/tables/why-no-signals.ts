import type {State} from '../state/state.js';

/** Why nothing at all may be sent to this server now, whatever is selected. */
export function whyNoSignals({server, settings}: State): string | undefined {
	const {isReadOnly, readOnlyBy} = settings;
	if (isReadOnly)
		return readOnlyBy === undefined
			? 'read-only: pgtop was started with --read-only and sends no signals'
			: `read-only by the configuration: ${readOnlyBy}`;
	return server.awaitedNames === undefined ? undefined : "reading the server's name";
}
