/** The first line, once it is whole. A zero byte ends it, too, as it ends a text in C. */
export function cutLine(
	bytes: Buffer,
	isOver: boolean,
): {readonly line: Buffer; readonly rest: Buffer} | undefined {
	const length = bytes.findIndex(byte => byte === 0x0a || byte === 0);
	if (length < 0 && !isOver) return undefined;
	const whole = length < 0 ? bytes : bytes.subarray(0, length);
	let end = whole.length;
	while (whole[end - 1] === 0x0d) end--;
	return {line: whole.subarray(0, end), rest: length < 0 ? Buffer.alloc(0) : bytes.subarray(length + 1)};
}
