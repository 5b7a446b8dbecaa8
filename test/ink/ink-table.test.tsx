import {render} from 'ink-testing-library';
import {expect, test} from 'vitest';
import Table from '#ink-table';

test('ink-table draws a still table with our Ink', () => {
	const {lastFrame, unmount} = render(
		<Table
			data={[
				{pid: 42, state: 'active'},
				{pid: 4711, state: 'idle in transaction'},
			]}
		/>,
	);
	expect(lastFrame()?.split('\n')).toEqual([
		'┌──────┬─────────────────────┐',
		'│ pid  │ state               │',
		'├──────┼─────────────────────┤',
		'│ 42   │ active              │',
		'├──────┼─────────────────────┤',
		'│ 4711 │ idle in transaction │',
		'└──────┴─────────────────────┘',
	]);
	unmount();
});
