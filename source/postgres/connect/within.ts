/** What a promise gives; rejects as soon as `over` says that nobody waits any more. A file or a name that is being looked for can't be given up by itself. */
export async function within<Value>(over: AbortSignal | undefined, looked: Promise<Value>): Promise<Value> {
	if (!over) return looked;
	return new Promise((resolve, reject) => {
		const end = () => reject(over.reason);
		const release = () => over.removeEventListener('abort', end);
		over.addEventListener('abort', end);
		if (over.aborted) end();
		looked.then(resolve, reject).finally(release);
	});
}
