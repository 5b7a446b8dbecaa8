import {setFlagsFromString} from 'node:v8';

/** From so many sessions on, a small heap costs more time than it saves room. */
const manySessions = 500;

/** V8 doubles the room for new objects while much of it is in use, and with each picture something is. It never gives that back. So the room stays as large as it is, unless there are many sessions. The factor is no documented setting of Node.js. */
export function openHeap(): {fit(sessions: number): void} {
	let factor = 2;
	return {
		fit(sessions) {
			const wanted = sessions < manySessions ? 1 : 2;
			if (wanted !== factor) setFlagsFromString(`--semi-space-growth-factor=${wanted}`);
			factor = wanted;
		},
	};
}
