/** The name and the attributes of each element of an SVG. Throws where one does not end as it began: a browser shows nothing of such a picture. */
export function elementsOf(svg: string): readonly {readonly name: string; readonly attributes: string}[] {
	const elements: {name: string; attributes: string}[] = [];
	const open: string[] = [];
	for (const [, end, name = '', attributes = '', isClosed] of svg.matchAll(
		/<(\/?)([A-Za-z:]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
	)) {
		if (end) {
			const last = open.pop();
			if (last !== name) throw new Error(`</${name}> after <${last}>`);
			continue;
		}

		elements.push({name, attributes});
		if (!isClosed) open.push(name);
	}

	const others = svg.replaceAll(/<\/?[A-Za-z:]+(?:\s+[\w:-]+="[^"<]*")*\s*\/?>/g, '');
	if (open.length > 0 || others.includes('<')) throw new Error(`no whole picture: ${open} ${others}`);
	return elements;
}
