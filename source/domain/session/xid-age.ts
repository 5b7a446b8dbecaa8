/** How many transaction ids there are before they begin again. */
const xids = 2 ** 32;

/**
How many transactions ago a 32-bit xid was given out, counted from the next one to be given out, with its epoch or without.

Ids go round. One that is not in use is at most half of them old, so what lies further back lies ahead: it was given out since `next` was read, and its age is 0.
*/
export function xidAge(xid: number, next: number): number {
	const age = (((next - xid) % xids) + xids) % xids;
	return age < xids / 2 ? age : 0;
}
