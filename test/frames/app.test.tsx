import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {widthOf} from '../../source/domain/text/width.js';
import {frameOf} from './render-app.js';
import {scenes} from './scenes.js';

const usual = [
	[40, 10],
	[80, 24],
	[120, 40],
	[200, 50],
] as const;

const frames: readonly (readonly [
	scene: string,
	...sizes: readonly (readonly [columns: number, rows: number])[],
])[] = [
	['start', [80, 24]],
	['trouble', [40, 10], [40, 12], [80, 24], [120, 40], [200, 50]],
	['background', [120, 40]],
	['hidden', [80, 24], [40, 12]],
	['lost', [80, 24], [40, 12]],
	['password', [40, 10], [80, 24]],
	['empty', ...usual],
	['one', ...usual],
	['worldwide', ...usual],
	['hostile', ...usual],
	['nulls', ...usual],
	['ten', ...usual],
	['eighteen', ...usual],
	['plain', ...usual],
	['unprivileged', [80, 24]],
	['alerts', ...usual],
	['signals', ...usual],
	['details', ...usual],
	['plain-details', [40, 10], [80, 24]],
	['cut-details', ...usual],
	['wide-details', ...usual],
	['tree', [40, 12], [80, 24], [200, 50]],
	['tree-ascii', [80, 24]],
	['tree-queue', [80, 24], [200, 50]],
	['tree-open', [80, 24]],
	['prepared', [40, 10], [80, 24], [120, 40]],
	['pane', [80, 24], [120, 40], [200, 50]],
	['ascii', ...usual],
	['nothing', [80, 24]],
	['production', [40, 10], [80, 24], [120, 40]],
	['many', ...usual],
	['refused', [80, 24]],
	['blocked', [80, 24], [80, 34], [200, 50]],
	['blocked-root', [80, 34], [200, 50]],
	['blocked-alerts', [80, 24], [120, 40]],
	['blocked-details', [80, 24], [120, 40]],
	['blocked-question', [40, 10], [80, 24]],
	['blocked-cancel', [80, 24]],
	['blocked-ended', [80, 24]],
	['question', ...usual],
	['question-reasons', [40, 10], [40, 16], [80, 24]],
	['question-moved', [40, 10], [80, 24]],
	['filter', ...usual],
	['filter-mistake', [40, 12], [80, 24], [120, 40], [200, 50]],
	['filter-kept', ...usual],
	['sort', ...usual],
	['columns', ...usual],
	['reading', [40, 10], [80, 24]],
	['tagged', [40, 12], [80, 24], [120, 40]],
	['tagged-ascii', [80, 24]],
	['tagged-tree', [80, 24]],
	['tagged-question', [40, 10], [80, 24], [120, 40]],
	['help', ...usual],
	['help-end', [40, 10]],
	['small', [39, 24], [20, 5]],
	['small-k', [39, 24]],
];

const all = frames.flatMap(([scene, ...sizes]) =>
	sizes.map(([columns, rows]) => ({name: `${scene}-${columns}x${rows}`, scene, columns, rows})),
);

describe('the screen', () => {
	test.each(all)('$name', async ({name, scene, columns, rows}) => {
		const {state} = scenes[scene]?.({columns, rows}) ?? {};
		if (!state) throw new Error(`there is no scene ${scene}`);
		const {text} = frameOf(state);
		const lines = text.split('\n');
		expect(lines.length).toBeLessThanOrEqual(rows);
		for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
		await expect(`${text}\n`).toMatchFileSnapshot(join('golden', `${name}.txt`));
	});
});
