import {shorten} from '../../text/shorten.js';
import type {Backend} from '../backend.js';

/** In UTF-16 units: sentences have room for other words. */
const longestGid = 20;

/** How a sentence names what a row stands for: by its pid, or by the gid of a prepared transaction. */
export const rowName = ({pid, prepared}: Backend) =>
	prepared ? `prepared ${shorten(prepared.gid, longestGid)}` : String(pid);
