import GithubSlugger from 'github-slugger';
import {marked, type Token} from 'marked';

/** Of a Markdown text: where its links and pictures lead, as written, and the anchors that GitHub gives its headings. */
export function readLinks(markdown: string): {
	readonly links: readonly string[];
	readonly anchors: readonly string[];
} {
	const slugger = new GithubSlugger();
	const links: string[] = [];
	const anchors: string[] = [];
	void marked.walkTokens(marked.lexer(markdown), (token: Token) => {
		if (token.type === 'link' || token.type === 'image') links.push(String(token.href));
		if (token.type === 'heading') anchors.push(slugger.slug(textOf(token)));
		if (token.type === 'html') {
			links.push(...[...token.raw.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, link = '']) => link));
		}
	});
	return {links, anchors};
}

/** What is seen of a token: `c` of `` `c` ``, and of a link its words. */
function textOf(token: Token): string {
	if ('tokens' in token && token.tokens) return token.tokens.map(textOf).join('');
	return 'text' in token ? String(token.text) : '';
}
