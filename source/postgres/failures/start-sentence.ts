import {longestSentence, shortenAll} from '../../domain/text/shorten.js';
import type {Failed} from '../connect/connect.js';
import {addressOf} from '../connect/connect-target.js';
import {failureSentence} from './errors.js';

/** Why the first connection failed, and what to try, in one sentence. It names the server, which no screen does yet. */
export function startSentence({fault, attempt}: Failed): string {
	const {isServers, startHint, hint = ''} = fault;
	const advice = startHint ?? hint;
	const address = addressOf(attempt);
	const isNamed = !isServers || fault.sentence.includes(address);
	const [sentence = ''] = isNamed
		? [fault.sentence]
		: shortenAll([`${address}: ${fault.sentence}`], longestSentence);
	return failureSentence({sentence, ...(advice && {hint: advice})});
}
