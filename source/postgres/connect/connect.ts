import type {Client} from 'pg';
import {longestSentence, shortenAll} from '../../domain/text/shorten.js';
import {type Fault, faultOf} from '../failures/errors.js';
import {type AddressOutcome, connectAddress, type Reopen} from './connect-address.js';
import {type Attempt, addressOf, attemptsOf, type ConnectTarget} from './connect-target.js';
import {type PasswordGiven, runPasswordCommand} from './password/password-command.js';
import {addressesOf} from './wire/addresses.js';

export type Connected = {
	readonly type: 'connected';
	readonly client: Client;
	/** The host of the target that the client is connected to. */
	readonly attempt: Attempt;
	readonly reopen: Reopen;
};

export type Failed = {
	readonly type: 'failed';
	readonly fault: Fault;
	/** The host that was tried last. */
	readonly attempt: Attempt;
};

/** Tries every address of one host, until one lets us in or gives an answer that any other would give too. */
async function connectHost(
	attempt: Attempt,
	over: AbortSignal | undefined,
): Promise<AddressOutcome & {readonly faults: readonly Fault[]}> {
	const faults: Fault[] = [];
	try {
		const addresses = await addressesOf(attempt, over);
		for (const address of shuffledIf(attempt.isShuffled, addresses)) {
			const outcome = await connectAddress(address, attempt, over);
			if (outcome.type === 'connected') return {...outcome, faults};
			faults.push(outcome.fault);
			if (outcome.next !== 'address' || over?.aborted) return {...outcome, faults};
		}
	} catch (error) {
		faults.push(faultOf(error, attempt));
	}

	const [fault = faultOf(new Error('Connection terminated'), attempt)] = faults.slice(-1);
	return {type: 'failed', fault, next: 'host', faults};
}

function shuffledIf<Value>(isShuffled: boolean, values: readonly Value[]): readonly Value[] {
	if (!isShuffled) return values;
	const all = [...values];
	for (let last = all.length - 1; last > 0; last--) {
		const other = Math.floor(Math.random() * (last + 1));
		[all[last], all[other]] = [all[other] as Value, all[last] as Value];
	}

	return all;
}

/** What gives the password of one connection. The command runs when a server first asks, and not again for another host or way in. */
function passwordOf({
	passwordCommand: command,
	connectTimeoutMs,
}: ConnectTarget): Pick<Attempt, 'passwordOf'> {
	if (command === undefined) return {};
	let given: Promise<PasswordGiven> | undefined;
	return {
		async passwordOf(over) {
			given ??= runPasswordCommand(command, connectTimeoutMs, over);
			return given;
		},
	};
}

/** How many hosts have room in one sentence, each with its reason. */
const mostReasons = 4;

/** The last fault, in one sentence with what was wrong with the hosts before; each host is named. With many hosts the first ones and the last are told. */
function together(failures: readonly Failed[], hosts: number): Fault {
	const sentences = failures.map(({fault: {sentence, isServers}, attempt}) => {
		const address = addressOf(attempt);
		// A server's own words may name a host, too: that of its client.
		const isNamed = sentence.includes(isServers ? address : attempt.host || address);
		return hosts === 1 || isNamed ? sentence : `${address}: ${sentence}`;
	});
	const last = failures.at(-1)?.fault;
	if (!last) throw new Error('nothing was tried');
	const {isServers, ...fault} = last;
	return {...fault, ...(isServers && hosts === 1 && {isServers}), sentence: inOne([...new Set(sentences)])};
}

function inOne(sentences: readonly string[]): string {
	const left = sentences.length - mostReasons;
	const told = left > 0 ? [...sentences.slice(0, mostReasons - 1), ...sentences.slice(-1)] : sentences;
	const more = left > 0 ? `; ${left} more` : '';
	const room = longestSentence - more.length - 2 * (told.length - 1);
	const [last = '', ...before] = [...shortenAll(told, room)].reverse();
	return before.length === 0 ? last : `${before.reverse().join('; ')}${more}; ${last}`;
}

/**
Opens one session, on the first host and address that has what the target asks for.

As in libpq, the next one is tried when nobody answers, when the server starts up, or when it is not of the kind wanted (standby or primary). A refused login ends the search. `over` ends a try that is under way.
*/
export async function connect(target: ConnectTarget, over?: AbortSignal): Promise<Connected | Failed> {
	const given = passwordOf(target);
	const attempts = attemptsOf({
		...target,
		places: shuffledIf(target.isShuffled, target.places) as ConnectTarget['places'],
	}).map(attempt => ({...attempt, ...given}));
	// When no host is a standby, any will do.
	const inTurn =
		target.attributes === 'prefer-standby'
			? [...attempts, ...attempts.map(attempt => ({...attempt, attributes: 'any'}) as const)]
			: attempts;
	const failures: Failed[] = [];
	for (const attempt of inTurn) {
		const {faults, ...outcome} = await connectHost(attempt, over);
		if (outcome.type === 'connected') return {...outcome, attempt};
		failures.push(...faults.map(fault => ({type: 'failed', fault, attempt}) as const));
		if (outcome.next === 'nothing' || over?.aborted) break;
	}

	const attempt = failures.at(-1)?.attempt ?? (attempts[0] as Attempt);
	return {type: 'failed', fault: together(failures, target.places.length), attempt};
}
