import {setTimeout} from 'node:timers';

/** Synchronised output: between these a terminal shows nothing, so that nobody sees half a frame. */
const [begin, end] = ['\u001B[?2026h', '\u001B[?2026l'];

/** Writes what is not in the middle of a frame; the rest when its end has come, or does not come for a second. */
export function showWhole(write: (bytes: Buffer) => void): (bytes: Buffer) => void {
	let kept = Buffer.alloc(0);
	let tooLong: NodeJS.Timeout | undefined;
	const show = (until: number) => {
		write(kept.subarray(0, until));
		kept = kept.subarray(until);
	};
	return bytes => {
		clearTimeout(tooLong);
		kept = Buffer.concat([kept, bytes]);
		const begun = kept.lastIndexOf(begin);
		show(begun > kept.lastIndexOf(end) ? begun : kept.length);
		if (kept.length > 0) tooLong = setTimeout(() => show(kept.length), 1000);
	};
}
