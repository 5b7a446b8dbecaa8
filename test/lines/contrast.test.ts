import {describe, expect, test} from 'vitest';
import type {Colours, Style} from '../../source/domain/list/style.js';
import {paint} from '../../source/lines/paint.js';
import {openScreen} from '../helpers/terminal/open-screen.js';
import {black, coloursOf, contrastOf, type Rgb, white} from '../helpers/terminal/xterm-colours.js';

const tones = ['hurts', 'open', 'runs', 'io', 'maintenance', 'key'] as const satisfies readonly Style[];
const plain = ['bold', 'dim', 'underlined', 'inverse', 'selected'] as const satisfies readonly Style[];

/** Every style alone, and those that stand together: a bold tone, a tone in the title bar, in the selected row. */
const looks: readonly (readonly Style[])[] = [
	[],
	...[...plain, ...tones].map(style => [style]),
	['bold', 'underlined'],
	['bold', 'inverse'],
	['dim', 'selected'],
	['bold', 'selected'],
	...tones.flatMap((tone): readonly (readonly Style[])[] => [
		['bold', tone],
		['inverse', tone],
		['inverse', 'bold', tone],
		[tone, 'selected'],
		['bold', tone, 'selected'],
	]),
];

/** What is not known to be dark or light may be either. */
const backgrounds: Readonly<Record<Colours, readonly Rgb[]>> = {
	none: [black, white],
	unknown: [black, white],
	dark: [black],
	light: [white],
};

const cases = (['none', 'unknown', 'dark', 'light'] as const).flatMap(colours =>
	backgrounds[colours].map(
		background => [colours, background === black ? 'black' : 'white', background] as const,
	),
);

async function cellOf(styles: readonly Style[], colours: Colours) {
	const screen = openScreen(10, 2, true);
	await new Promise<void>(resolve => screen.write(paint([{text: 'x', styles}], colours), resolve));
	const cell = screen.buffer.active.getLine(0)?.getCell(0);
	if (!cell) throw new Error('there is no cell');
	return cell;
}

describe.each(cases)('with colours %s in an xterm on %s', (colours, _, background) => {
	test('text of every style has a contrast of 3 : 1', async () => {
		const found = await Promise.all(
			looks.map(async styles => {
				const {text, ground} = coloursOf(await cellOf(styles, colours), background);
				return {styles, contrast: contrastOf(text, ground)};
			}),
		);
		expect(found.filter(({contrast}) => contrast < 3)).toEqual([]);
	});

	test('the selected row is no row like the others', async () => {
		const {ground} = coloursOf(await cellOf(['selected'], colours), background);
		expect(contrastOf(ground, background)).toBeGreaterThan(1.5);
	});
});

test('without colours no style has one', async () => {
	for (const styles of looks) {
		const cell = await cellOf(styles, 'none');
		expect([cell.isFgDefault(), cell.isBgDefault()]).toEqual([true, true]);
	}
});

test.each(['dark', 'light'] as const)(
	'on a %s background a selected row keeps its colours',
	async colours => {
		for (const tone of ['hurts', 'open', 'runs', 'io', 'maintenance'] as const) {
			const cell = await cellOf([tone, 'selected'], colours);
			expect([cell.isFgDefault() && cell.isBgDefault(), cell.isInverse()]).toEqual([false, 0]);
		}
	},
);
