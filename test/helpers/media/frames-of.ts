/** What is to be seen from one change to the next. */
export type Frame = {
	readonly seconds: number;
	/** Groups that are visible, as SVG: a line of the screen each, or a key. */
	readonly groups: readonly string[];
};

type Change = {readonly at: number; readonly isVisible: boolean};

/** What a browser makes of the rules of a moving picture, for one round. */
export function framesOf(svg: string): readonly Frame[] {
	const seconds = Number(/\{animation:\S+ ([\d.]+)s /.exec(svg)?.[1]);
	const animations = new Map(
		[...svg.matchAll(/^\.(\S+)\{animation:(\S+) \S+ step-end infinite\}$/gm)].map(([, name, keyframes]) => [
			name,
			changesOf(svg, keyframes ?? ''),
		]),
	);
	const moments = [...new Set([...animations.values()].flat().map(({at}) => at))].sort((a, b) => a - b);
	return moments.map((moment, index) => ({
		seconds: (((moments[index + 1] ?? 100) - moment) * seconds) / 100,
		groups: groupsOf(svg, name => {
			const changes = animations.get(name) ?? [];
			return changes.findLast(({at}) => at <= moment)?.isVisible ?? isVisibleAtRest(svg, name);
		}),
	}));
}

/** The groups that are visible without animation. */
export const groupsAtRest = (svg: string) => groupsOf(svg, name => isVisibleAtRest(svg, name));

const isVisibleAtRest = (svg: string, name: string) => !svg.includes(`\n.${name}{visibility:hidden}\n`);

const changesOf = (svg: string, keyframes: string): readonly Change[] => {
	const [, rules = ''] = new RegExp(`^@keyframes ${keyframes}\\{(.*)\\}`, 'm').exec(svg) ?? [];
	return [...rules.matchAll(/([\d.]+)%\{visibility:(\w+)\}/g)].map(([, at, visibility]) => ({
		at: Number(at),
		isVisible: visibility === 'visible',
	}));
};

const groupsOf = (svg: string, isVisible: (name: string) => boolean) =>
	[...svg.matchAll(/^<g(?: class="(.+?)")?>.*$/gm)]
		.filter(([, name]) => name === undefined || isVisible(name))
		.map(([group]) => group);
