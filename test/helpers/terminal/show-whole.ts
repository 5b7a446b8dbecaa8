import {setTimeout} from 'node:timers';

/** Synchronised output: between these a terminal shows nothing, so that nobody sees half a frame. */
const [begin, end] = ['\u001B[?2026h', '\u001B[?2026l'];

/** Where the beginning of a frame may have begun, of which the rest has not come yet. */
function cutIn(bytes: Buffer): number {
	for (let length = begin.length - 1; length > 0; length--)
		if (bytes.subarray(-length).toString('latin1') === begin.slice(0, length)) return bytes.length - length;
	return bytes.length;
}

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
		show(begun > kept.lastIndexOf(end) ? begun : cutIn(kept));
		if (kept.length > 0) tooLong = setTimeout(() => show(kept.length), 1000);
	};
}
