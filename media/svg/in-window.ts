import {cell, escapeXml, font, margin, round, type Size, topOf} from './layout.js';
import {ink, paper} from './look.js';

const style = [
	`text{font:${font.size}px ${font.families};fill:${ink};white-space:pre}`,
	'.b{font-weight:bold}.d{opacity:.68}.u{text-decoration:underline}.t{fill:#9aa1ab;text-anchor:middle}',
].join('');

/** Of a picture, in pixels. */
export const widthOf = ({columns}: Size) => round(columns * cell.width + 2 * margin.side);

/** An SVG of a window with this title, and in it these elements, one on a line. */
export function inWindow(
	title: string,
	size: Size,
	elements: readonly string[],
	moreStyle: readonly string[] = [],
): string {
	const width = widthOf(size);
	const height = topOf(size.rows) + margin.bottom;
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" xml:space="preserve">
<title>${escapeXml(title)}</title>
<style>${[style, ...moreStyle].join('\n')}</style>
<rect width="100%" height="100%" rx="9" fill="${paper}"/>
<path d="M0 30V9a9 9 0 0 1 9-9h${round(width - 18)}a9 9 0 0 1 9 9v21z" fill="#24272e"/>
<g fill="#4a4f59"><circle cx="20" cy="15" r="5.5"/><circle cx="39" cy="15" r="5.5"/><circle cx="58" cy="15" r="5.5"/></g>
<text class="t" x="${round(width / 2)}" y="20">${escapeXml(title)}</text>
${elements.join('\n')}
</svg>
`;
}
