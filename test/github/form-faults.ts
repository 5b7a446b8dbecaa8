import {parse} from 'yaml';

type Element = {
	readonly type?: unknown;
	readonly id?: unknown;
	readonly attributes?: Readonly<Record<string, unknown>>;
	readonly validations?: Readonly<Record<string, unknown>>;
};

type Form = {readonly name?: unknown; readonly description?: unknown; readonly body?: readonly Element[]};

const known: Readonly<Record<string, readonly string[]>> = {
	markdown: ['value'],
	input: ['label', 'description', 'placeholder', 'value'],
	textarea: ['label', 'description', 'placeholder', 'value', 'render'],
};

const isText = (value: unknown) => typeof value === 'string' && value.trim() !== '';

const twice = (values: readonly unknown[]) =>
	values.filter((value, index) => values.indexOf(value) !== index);

/** Why GitHub would not show a form of an issue. */
export function formFaults(content: string): readonly string[] {
	const {name, description, body = [], ...others}: Form = parse(content);
	const questions = body.filter(({type}) => type !== 'markdown');
	return [
		...(isText(name) ? [] : ['no name']),
		...(isText(description) ? [] : ['no description']),
		...Object.keys(others)
			.filter(key => !['title', 'labels', 'assignees', 'projects', 'type'].includes(key))
			.map(key => `unknown: ${key}`),
		...(questions.length > 0 ? [] : ['nothing to fill in']),
		...body.flatMap(elementFaults),
		...twice(questions.map(({id}) => id)).map(id => `twice: ${id}`),
		...twice(questions.map(({attributes}) => attributes?.label)).map(label => `twice: ${label}`),
	];
}

function elementFaults({type, id, attributes = {}, validations = {}, ...others}: Element): readonly string[] {
	const all = known[String(type)];
	if (all === undefined) return [`no such type: ${type}`];
	const [needed = ''] = all;
	return [
		...(isText(attributes[needed]) ? [] : [`${type} without ${needed}`]),
		...(type === 'markdown' || /^[\w-]+$/.test(String(id ?? '')) ? [] : [`${type} without id`]),
		...Object.keys(attributes)
			.filter(key => !all.includes(key))
			.map(key => `unknown: ${key}`),
		...Object.entries(validations)
			.filter(([key, value]) => key !== 'required' || typeof value !== 'boolean')
			.map(([key]) => `unknown: ${key}`),
		...Object.keys(others).map(key => `unknown: ${key}`),
	];
}
