import {expect, test} from 'vitest';
import {type Cause, type Exit, exitOf} from '../../../source/run/end/cause.js';

const error = new Error('provoked');
const sentence = 'no';

test.each<[cause: Cause, exit: Exit]>([
	[{type: 'done'}, {code: 0, signal: 'SIGTERM'}],
	[{type: 'quit'}, {code: 0, signal: 'SIGTERM'}],
	[
		{type: 'failure', sentence},
		{code: 1, signal: 'SIGTERM'},
	],
	[
		{type: 'usage', sentence},
		{code: 2, signal: 'SIGTERM'},
	],
	[
		{type: 'bug', error},
		{code: 70, signal: 'SIGTERM'},
	],
	[
		{type: 'signal', signal: 'SIGINT'},
		{code: 130, signal: 'SIGINT'},
	],
	[
		{type: 'signal', signal: 'SIGQUIT'},
		{code: 131, signal: 'SIGQUIT'},
	],
	[
		{type: 'signal', signal: 'SIGTERM'},
		{code: 143, signal: 'SIGTERM'},
	],
	[{type: 'signal', signal: 'SIGHUP'}, {signal: 'SIGHUP'}],
	[{type: 'no terminal'}, {signal: 'SIGHUP'}],
])('the end by %j exits with %j', (cause, exit) => {
	expect(exitOf(cause, false)).toEqual(exit);
});

test('a signal ends a suspended program as it would end any: the terminal is the shell’s', () => {
	expect(exitOf({type: 'signal', signal: 'SIGTERM'}, true)).toEqual({signal: 'SIGTERM'});
});
