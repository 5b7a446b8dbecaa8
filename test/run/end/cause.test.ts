import {expect, test} from 'vitest';
import {type Cause, type Exit, exitOf} from '../../../source/run/end/cause.js';

const error = new Error('provoked');
const sentence = 'no';

test.each<[cause: Cause, exit: Exit]>([
	[{type: 'done'}, {code: 0}],
	[{type: 'quit'}, {code: 0}],
	[{type: 'failure', sentence}, {code: 1}],
	[{type: 'usage', sentence}, {code: 2}],
	[{type: 'bug', error}, {code: 70}],
	[{type: 'signal', signal: 'SIGINT'}, {code: 130}],
	[{type: 'signal', signal: 'SIGQUIT'}, {code: 131}],
	[{type: 'signal', signal: 'SIGTERM'}, {code: 143}],
	[{type: 'signal', signal: 'SIGHUP'}, {signal: 'SIGHUP'}],
	[{type: 'no terminal'}, {signal: 'SIGHUP'}],
])('the end by %j exits with %j', (cause, exit) => {
	expect(exitOf(cause, false)).toEqual(exit);
});

test('a signal ends a suspended program as it would end any: the terminal is the shell’s', () => {
	expect(exitOf({type: 'signal', signal: 'SIGTERM'}, true)).toEqual({signal: 'SIGTERM'});
});
