import fc from 'fast-check';
import {clean} from '../../../source/domain/text/clean.js';
import {cut, widthOf} from '../../../source/domain/text/width.js';
import {hostileText} from '../../domain/text/hostile.js';

type Span = {readonly text: string; readonly before: string; readonly after: string};

const text = fc.oneof(
	{weight: 4, arbitrary: fc.constantFrom('a', 'b', '12', '  ', '      ', 'select 1', '3.2s', 'x  y', '')},
	{weight: 2, arbitrary: fc.constantFrom('─│┌', '█▒', '←↑→↓', '▲▼', '·…', '␛␦', 'a·b')},
	{
		weight: 2,
		arbitrary: fc.constantFrom('漢字', 'é', 'e\u0301', '\u0301', 'क्षि', 'நி', 'กำ', 'שלום', 'مرحبا', '😀'),
	},
	{weight: 1, arbitrary: hostileText.map(clean)},
);

const colours = fc.constantFrom(
	['31', '39'],
	['92', '39'],
	['44', '49'],
	['105', '49'],
	['38;5;17', '39'],
	['48;5;200', '49'],
	['38;2;1;2;3', '39'],
);
const style = fc.oneof(
	{weight: 3, arbitrary: fc.constant(['', ''])},
	{weight: 2, arbitrary: fc.constantFrom(['1', '22'], ['2', '22'], ['7', '27'], ['4', '24'], ['3', '23'])},
	{weight: 2, arbitrary: colours},
	// One in another, one that is left on, several in one, all taken back, codes nobody asked for.
	{
		weight: 1,
		arbitrary: fc.constantFrom(
			['1;31;7', ''],
			['0', ''],
			['1;2', '22;0;7'],
			['4:3', ''],
			['53;1', '55'],
			['', '9'],
		),
	},
);
const sgr = (codes: string) => (codes === '' ? '' : `\u001B[${codes}m`);

const span: fc.Arbitrary<Span> = fc
	.tuple(text, style)
	.map(([shown, [before = '', after = '']]) => ({text: shown, before: sgr(before), after: sgr(after)}));

/** What happens to the screen before the next frame: a few spans are others, the list moves, the window has another size, or who knows. */
export type Step =
	| {readonly type: 'edit'; readonly edits: readonly (readonly [line: number, place: number, span: Span])[]}
	| {readonly type: 'shift'; readonly by: number}
	| {readonly type: 'resize'; readonly columns: number; readonly rows: number}
	| {readonly type: 'forget'};

const size = {columns: fc.integer({min: 1, max: 40}), rows: fc.integer({min: 1, max: 6})};
const edit = fc.tuple(fc.nat(7), fc.nat(5), span);

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
	fc.oneof(
		{
			weight: 12,
			arbitrary: fc.record({type: fc.constant('edit' as const), edits: fc.array(edit, {maxLength: 12})}),
		},
		{
			weight: 3,
			arbitrary: fc.record({type: fc.constant('shift' as const), by: fc.integer({min: 1, max: 3})}),
		},
		{weight: 1, arbitrary: fc.record({type: fc.constant('resize' as const), ...size})},
		{weight: 1, arbitrary: fc.record({type: fc.constant('forget' as const)})},
	),
	{minLength: 2, maxLength: 10},
);

type Spans = readonly (readonly Span[])[];

/** The spans of all lines after a step. */
export function after(step: Step, lines: Spans): Spans {
	if (step.type === 'shift') return [...lines.slice(step.by), ...lines.slice(0, step.by)];
	if (step.type !== 'edit') return lines;
	const edited = Array.from({length: 8}, (_, line) => [...(lines[line] ?? [])]);
	for (const [line, place, other] of step.edits) edited[line]?.splice(place, 1, other);
	return edited;
}

/** The text of a line, which has at most so many cells. */
export function lineOf(spans: readonly Span[], columns: number): string {
	let left = columns;
	let line = '';
	for (const {text: whole, before: on, after: off} of spans) {
		const kept = cut(whole, left);
		left -= widthOf(kept);
		line += on + kept + off;
	}

	return line;
}
