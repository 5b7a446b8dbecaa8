import {expect, test} from 'vitest';
import type {OutcomeRecord, SignalRecord} from '../../source/domain/signal/record.js';
import {readPaper} from './papers.js';

/** Typed, so that the compiler asks for new ones. */
const signalFields: Readonly<Record<keyof SignalRecord, true>> = {
	event: true,
	id: true,
	time: true,
	osUser: true,
	sudoUser: true,
	sshClient: true,
	signal: true,
	server: true,
	role: true,
	pid: true,
	backendStart: true,
	user: true,
	database: true,
	application: true,
	client: true,
	type: true,
	state: true,
	wait: true,
	age: true,
	xactAge: true,
	queryAge: true,
	stateAge: true,
	blocks: true,
	blocked: true,
	waitsFor: true,
	frees: true,
	query: true,
	isQueryWhole: true,
	statement: true,
};
const outcomeFields: Readonly<Record<keyof OutcomeRecord, true>> = {
	event: true,
	id: true,
	time: true,
	pid: true,
	outcome: true,
	sentence: true,
	seconds: true,
};
const fields = new Set([...Object.keys(signalFields), ...Object.keys(outcomeFields)]);
const audit = await readPaper('media/manual/audit.md');

test('the manual names every field of the audit file', () => {
	expect([...fields].filter(field => !audit.includes(`\`${field}\``))).toEqual([]);
});

test('its example has the fields of both lines, each once', () => {
	const [, example = ''] = /^```json\n(.*?)^```/ms.exec(audit) ?? [];
	const lines: readonly object[] = JSON.parse(`[${example.replaceAll(/^\}\n(?=\{)/gm, '},')}]`);
	expect(lines.map(line => Object.keys(line).sort())).toEqual(
		[signalFields, outcomeFields].map(all => Object.keys(all).sort()),
	);
});
