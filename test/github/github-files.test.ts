import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {formFaults} from './form-faults.js';

const root = join(import.meta.dirname, '..', '..');
const read = async (...path: readonly string[]) => readFile(join(root, '.github', ...path), 'utf8');

describe('the forms of an issue', async () => {
	const files = (await readdir(join(root, '.github', 'ISSUE_TEMPLATE'))).filter(
		file => !file.startsWith('.'),
	);
	const forms = files.filter(file => file !== 'config.yml');

	test.each(forms)('GitHub shows %s', async file => {
		expect(formFaults(await read('ISSUE_TEMPLATE', file))).toEqual([]);
	});

	test.each([
		['a name', /^name: .*$/m, '', 'no name'],
		['an id', /^ +id: did\n/m, '', 'textarea without id'],
		['an id of its own', 'id: saw', 'id: did', 'twice: did'],
		['a label', /^ +label: .*\n/m, '', 'textarea without label'],
		['a type that there is', 'type: input', 'type: inputs', 'no such type: inputs'],
		['a key that there is', 'required: true', 'require: true', 'unknown: require'],
	])('one without %s is found', async (_, good, bad, fault) => {
		const text = await read('ISSUE_TEMPLATE', 'bug.yml');
		expect(formFaults(text.replace(good, bad))).toEqual([fault]);
	});

	test('are all that there is', async () => {
		expect(parse(await read('ISSUE_TEMPLATE', 'config.yml'))).toEqual({blank_issues_enabled: false});
		expect(forms.sort()).toEqual(['bug.yml', 'idea.yml']);
	});

	test('ask for the versions, for what exit code 70 prints, and for no passwords', async () => {
		const bug = await read('ISSUE_TEMPLATE', 'bug.yml');
		for (const words of ['pgtop --version', 'exit code 70', 'no passwords']) expect(bug).toContain(words);
	});
});

test('a hole is reported in private, and the paper names no address that may not be one', async () => {
	const paper = await read('SECURITY.md');
	expect(paper).toContain('"Report a vulnerability"');
	expect(paper).not.toMatch(/\S@\S|:\/\//);
});
