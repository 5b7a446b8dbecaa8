import process from 'node:process';

/** What this takes of the processor at its fastest of several times, in milliseconds: other programs take none of it. */
export function processorTime(work: () => void, times = 5): number {
	const costs = Array.from({length: times}, () => {
		const before = process.cpuUsage();
		work();
		const {user, system} = process.cpuUsage(before);
		return (user + system) / 1000;
	});
	return Math.min(...costs);
}

/** How many times a large piece of work takes what a small one does: the least of some rounds, as a busy machine makes either of them longer. A round stops the search once it is below `enough`. `least` is what is too short to be compared, in milliseconds. */
export function growthOf(
	costOf: (count: number) => number,
	[small, large]: readonly [small: number, large: number],
	{enough, least}: {readonly enough: number; readonly least: number},
): number {
	let growth = Infinity;
	for (let round = 0; round < 10 && growth >= enough; round++)
		growth = Math.min(growth, costOf(large) / Math.max(least, costOf(small)));
	return growth;
}
