import {getHeapSpaceStatistics, setFlagsFromString} from 'node:v8';

/** From so many sessions on, a small heap costs more time than it saves room. */
const manySessions = 500;

/** Room enough for the new objects of a few pictures, in bytes. */
const largeRoom = 2 * 2 ** 20;

const roomSize = () =>
	getHeapSpaceStatistics().find(({space_name}) => space_name === 'new_space')?.space_size ?? 0;

/** V8 doubles the room for new objects while much of it is in use, and with each picture something is. It never gives that back. So with few sessions the room stays as it is once it is large. The factor is no documented setting of Node.js. */
export function openHeap(): {fit(sessions: number): void} {
	let factor = 2;
	return {
		fit(sessions) {
			const wanted = sessions < manySessions && roomSize() >= largeRoom ? 1 : 2;
			if (wanted !== factor) setFlagsFromString(`--semi-space-growth-factor=${wanted}`);
			factor = wanted;
		},
	};
}
