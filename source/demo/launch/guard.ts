import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';
import type {ServerUser} from './server-user.js';

/** The signals by which a server shuts down: smart, fast, immediate. */
export type ShutdownSignal = 'TERM' | 'INT' | 'QUIT';

export type Run = {
	readonly pid: number;
	/** The program's exit code; -1 when the guard itself was killed. */
	readonly ended: Promise<number>;
	signal(name: ShutdownSignal): void;
};

export type Guard = {
	/** Runs one program at a time. What the program prints goes to the file `log` of the folder. */
	run(command: readonly string[]): Promise<Run>;
	/** Ends the program at once and removes the folder. */
	close(): Promise<void>;
};

/*
A shell that outlives us. Only we hold its stdin, a pipe: so the shell reads the end of it however we die, SIGKILL included.
A program is named word by word, one a line, up to an empty line. While the program runs, each line is a signal for it.
The shell ignores the signals that end a terminal's programs, because it must be the last to go.
*/
const script = `
folder=$1
trap '' HUP INT TERM PIPE
exec 3<&0
while IFS= read -r word <&3; do
	[ "$word" = run ] || continue
	set --
	while IFS= read -r word <&3 && [ -n "$word" ]; do set -- "$@" "$word"; done
	"$@" </dev/null >>"$folder/log" 2>&1 3<&- &
	program=$!
	{ while read -r signal; do kill -s "$signal" "$program"; done; kill -s QUIT "$program"; } <&3 &
	listener=$!
	echo "started $program"
	wait "$program"
	code=$?
	kill -s KILL "$listener"
	wait "$listener"
	echo "ended $code"
done
cd /
rm -rf "$folder" || { sleep 1; rm -rf "$folder"; }
`;

export function startGuard(folder: string, user: ServerUser): Guard {
	// Detached: the terminal's Ctrl-C is for us alone.
	const shell = spawn('/bin/sh', ['-c', script, 'pgtop-guard', folder], {
		cwd: folder,
		detached: true,
		stdio: ['pipe', 'pipe', 'ignore'],
		...user,
	});
	const closed = new Promise<void>(resolve => {
		shell.once('close', () => resolve());
	});
	let fault: Error | undefined;
	shell.once('error', error => {
		fault = error;
	});
	shell.stdin.on('error', () => {});
	const said = createInterface({input: shell.stdout})[Symbol.asyncIterator]();

	const hear = async (word: string) => {
		const {value} = (await said.next()) as {value?: string};
		return value?.startsWith(word) ? Number(value.slice(word.length)) : -1;
	};

	return {
		async run(command) {
			if (command.some(word => word === '' || word.includes('\n'))) {
				throw new Error(`a word of this command is empty or has a line break: ${command.join(' ')}`);
			}

			shell.stdin.write(['run', ...command, '', ''].join('\n'));
			const pid = await hear('started ');
			if (pid === -1) {
				throw new Error(`/bin/sh could not be started in ${folder}`, {cause: fault});
			}

			return {pid, ended: hear('ended '), signal: name => shell.stdin.write(`${name}\n`)};
		},
		async close() {
			shell.stdin.end();
			await closed;
		},
	};
}
