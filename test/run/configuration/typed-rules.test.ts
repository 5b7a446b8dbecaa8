import {expect, test} from 'vitest';
import {typedRules} from '../../../source/run/configuration/typed-rules.js';
import {parseArguments} from '../../../source/run/start/argv.js';
import {options} from '../../../source/tables/options.js';

/** What every column is called. */
const names =
	'pid user db app client type leader state wait time xact since qage sage cpu mem xid xmin query-id blocks blocker lage query';

async function typed(...words: readonly string[]) {
	const parsed = await parseArguments(words, options);
	return parsed.type === 'run' ? typedRules(parsed.flags) : parsed;
}

test('nothing typed says nothing, so that no default wins over the file', async () => {
	expect(await typed()).toEqual({type: 'rules', rules: {}});
});

test('what is typed says by which flag', async () => {
	const words = [
		'--interval=5',
		'--confirm',
		'never',
		'--read-only',
		'--columns=pid,DB, query',
		'--sort=-time',
	];
	expect(await typed(...words)).toEqual({
		type: 'rules',
		rules: {
			interval: {value: 5000, from: '--interval'},
			confirm: {value: 'never', from: '--confirm'},
			isReadOnly: {value: true, from: '--read-only'},
			columns: {value: ['pid', 'database', 'query'], from: '--columns'},
			sort: {value: {column: 'time', isReversed: true}, from: '--sort'},
		},
	});
});

test.each([
	['--columns=', '--columns needs names of columns'],
	['--columns=pid,,db', `--columns: there is no column "": ${names}`],
	['--columns=pid,uesr', '--columns: there is no column "uesr": did you mean user?'],
	['--columns=pid,PID', '--columns: "PID" is named twice'],
	['--sort=', '--sort needs the name of a column'],
	['--sort=query', '--sort: nothing is sorted by QUERY'],
	['--sort=\u001B[2J', `--sort: there is no column "\\u001b[2J": ${names}`],
])('%s is a mistake: %s', async (word, sentence) => {
	expect(await typed(word)).toEqual({type: 'bad', sentence});
});
