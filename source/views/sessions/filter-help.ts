/** The language of the filter by example, for the help page and the manual. */
export const filterHelp: readonly {readonly name: string; readonly value: string}[] = [
	{name: 'api', value: 'anywhere in user, db, app, client, state, wait, query'},
	{name: '4211', value: 'the same, or that pid; all words have to match'},
	{name: '"two words"', value: 'one word with a blank in it'},
	{name: 'user:api', value: 'inside the name; also db: app: type: wait:'},
	{name: 'user=api', value: 'the whole name; so with every field'},
	{name: 'client:10.0.', value: 'the address begins so; pid: and qid: are whole'},
	{name: 'state:idletx', value: 'or idle-tx; active, idle, aborted, fastpath, disabled'},
	{name: 'wait:lock', value: 'a class of wait events, or inside the name of one'},
	{name: '>5m', value: 'TIME is longer; <5m is shorter; s, m, h, d'},
	{name: 'xact>10m', value: 'so with xact, query, state; lock: its wait for a lock'},
	{name: '~/regex/', value: 'the query matches; a slash in it is \\/'},
	{name: '-user:api', value: 'what does not match; so with every word'},
];
