import type {Trouble} from '../domain/server/trouble.js';
import type {Audit} from '../ports/audit.js';
import type {Copy} from '../ports/clipboard.js';
import type {Server} from '../ports/connect.js';
import {type Failure, isFailure} from '../ports/failure.js';
import type {Format} from '../ports/format.js';
import type {Signaller} from '../ports/signaller.js';
import type {Action} from '../state/action.js';
import type {Command} from '../state/command.js';
import {type Connection, troubleOf} from './connection.js';
import {isRefused, sendSignals} from './send-signals.js';
import type {Dispatch} from './store.js';

/** What commands need of the terminal and of the program. */
export type Surroundings = {
	redraw(): void;
	/** Gives the terminal back to the shell until the job is continued. */
	suspend(): Promise<void>;
	quit(): void;
	/** An exception that is no `Failure`: the program can't go on. */
	onBug(error: unknown): void;
	readonly copy: Copy;
	readonly format: Format;
	/** Absent with --no-audit-log. */
	readonly audit: Audit | undefined;
};

/** Only what was signalled is looked at, and nothing is signalled on a connection that can't. */
function signallerOf({signaller}: Server): Signaller {
	if (!signaller) throw new Error('a signal on a connection that has none');
	return signaller;
}

/** Turns commands into calls of the server and the terminal, and their results into actions. Errors that are no `Failure` are bugs, and so is what fails while a result is taken: all go to `onBug`. */
export function createEffects(
	connection: Connection,
	surroundings: Surroundings,
	whyNoSignals: () => string | undefined,
): (command: Command, dispatch: Dispatch) => void {
	const {onBug} = surroundings;
	/** Results of a connection that is gone mean nothing any more. */
	const ask = <T>(
		promise: Promise<T>,
		asked: Server,
		done: (value: T) => void,
		failed: (failure: Failure) => void,
	) => {
		const taken = promise.then(
			value => {
				if (asked === connection.server()) done(value);
			},
			(error: unknown) => {
				if (!isFailure(error)) throw error;
				if (asked === connection.server()) failed(error);
			},
		);
		taken.catch(onBug);
	};

	let isAway = false;

	/** Two keys in one read may ask for this twice. While the shell has the terminal, nothing is done again. */
	const suspend = async (dispatch: Dispatch) => {
		if (isAway) return;
		isAway = true;
		await surroundings.suspend();
		isAway = false;
		dispatch({type: 'resumed'});
	};

	const carryOut = (command: Command, dispatch: Dispatch) => {
		const asked = connection.server();
		/** A failure has taken the connection with it, or only this command. */
		const failed = (actionOf: (trouble: Trouble) => Action) => (failure: Failure) =>
			failure.isLost ? connection.lose(failure, dispatch) : dispatch(actionOf(troubleOf(failure)));
		switch (command.type) {
			case 'connect':
				connection.renew(dispatch, command.again);
				return;
			case 'sample':
				ask(
					asked.sample(command.parts, command.idleTexts),
					asked,
					snapshot => dispatch({type: 'sampled', snapshot}),
					failed(trouble => ({type: 'sample-failed', ...trouble})),
				);
				return;
			case 'rights':
				ask(
					asked.inspector.rights(),
					asked,
					rights => dispatch({type: 'rights-read', rights}),
					failed(({why}) => ({type: 'rights-failed', why})),
				);
				return;
			case 'names':
				ask(
					asked.inspector.names(),
					asked,
					names => dispatch({type: 'names-read', names}),
					failed(() => ({type: 'names-failed'})),
				);
				return;
			case 'signal':
				if (!isRefused(command, whyNoSignals(), dispatch))
					sendSignals(command, signallerOf(asked), surroundings.audit, dispatch).catch(onBug);
				return;
			case 'record-outcome':
				surroundings.audit?.outcome(command.number, command.facts);
				return;
			case 'inspect':
				ask(
					asked.inspector.inspect(command.pid),
					asked,
					inspected => dispatch({type: 'inspected', inspected}),
					failed(({why}) => ({type: 'inspect-failed', pid: command.pid, why})),
				);
				return;
			case 'facts':
				ask(
					asked.inspector.facts(command.pids),
					asked,
					facts => dispatch({type: 'facts-read', facts}),
					failed(({why}) => ({type: 'facts-failed', why})),
				);
				return;
			case 'look':
				ask(
					signallerOf(asked).look(command.pids),
					asked,
					looks => dispatch({type: 'looked', looks}),
					failed(() => ({type: 'look-failed'})),
				);
				return;
			case 'locks':
				ask(
					signallerOf(asked).locks(command.pid),
					asked,
					locks => dispatch({type: 'locks-read', number: command.number, locks}),
					failed(() => ({type: 'locks-read', number: command.number})),
				);
				return;
			case 'waiting':
				ask(
					signallerOf(asked).waits(command.pids),
					asked,
					waits => dispatch({type: 'waiting-read', numbers: command.numbers, ...waits}),
					failed(() => ({type: 'waiting-read', numbers: command.numbers})),
				);
				return;
			case 'format':
				surroundings
					.format(command.text)
					.then(text => dispatch({type: 'formatted', of: command.text, ...(text !== undefined && {text})}))
					.catch(onBug);
				return;
			case 'copy': {
				const {text, isCut, of} = command;
				const bytes = Buffer.byteLength(text);
				surroundings
					.copy(text)
					.then(to => dispatch({type: 'copied', bytes, isCut, of, to}))
					.catch(onBug);
				return;
			}

			case 'processes':
				if (!asked.processes) return;
				ask(
					asked.processes.read(command.own, command.sessions),
					asked,
					uses => dispatch({type: 'processes-read', ...(uses && {uses})}),
					failed(() => ({type: 'processes-read'})),
				);
				return;
			case 'redraw':
				surroundings.redraw();
				return;
			case 'suspend':
				suspend(dispatch).catch(onBug);
				return;
			case 'quit':
				surroundings.quit();
		}
	};

	return (command, dispatch) => {
		try {
			carryOut(command, dispatch);
		} catch (error) {
			onBug(error);
		}
	};
}
