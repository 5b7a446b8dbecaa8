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
