import {expect, test} from 'vitest';
import {parseArguments} from '../../../source/run/start/argv.js';
import {options} from '../../../source/tables/options.js';

test.each<[argv: string, flags: Record<string, unknown>]>([
	['', {confirm: undefined, dryRun: false, withoutAuditLog: false, signals: false, auditLog: undefined}],
	['--confirm auto', {confirm: 'auto'}],
	['--confirm always', {confirm: 'always'}],
	['--confirm=never', {confirm: 'never'}],
	['--confirm never --confirm always', {confirm: 'always'}],
	['--dry-run', {dryRun: true, readOnly: false}],
	['--signals', {signals: true}],
	['--audit-log /var/log/x', {auditLog: '/var/log/x', withoutAuditLog: false}],
	['--audit-log=x --audit-log=y', {auditLog: 'y'}],
	['--audit-log=-', {auditLog: '-'}],
	['--no-audit-log', {withoutAuditLog: true}],
	['--no-audit-log shop', {withoutAuditLog: true, dbname: 'shop'}],
	['--signals --audit-log x', {signals: true, auditLog: 'x'}],
	['-- --no-audit-log', {withoutAuditLog: false, dbname: '--no-audit-log'}],
])('pgtop %s', async (line, flags) => {
	const parsed = await parseArguments(line === '' ? [] : line.split(' '), options);
	expect(parsed).toMatchObject({type: 'run', flags});
});

test.each<[argv: string, sentence: string]>([
	['--confirm', '--confirm needs a value: --confirm auto|always|never'],
	['--confirm --once', '--confirm needs a value: --confirm auto|always|never'],
	['--confirm yes', '--confirm takes auto, always, never, not "yes"'],
	['--confirm=', '--confirm takes auto, always, never, not ""'],
	['--confirm Always', '--confirm takes auto, always, never, not "Always"'],
	['--confirm constructor', '--confirm takes auto, always, never, not "constructor"'],
	['--confirm=\u001B[2J', '--confirm takes auto, always, never, not "␛[2J"'],
	['--no-confirm', 'unknown flag --no-confirm: pgtop --help lists them'],
	['--audit-log', '--audit-log needs a value: --audit-log FILE'],
	['--audit-log --no-audit-log', '--audit-log needs a value: --audit-log FILE'],
	['--no-audit-log=x', '--no-audit-log takes no value'],
	['--without-audit-log', 'unknown flag --without-audit-log: pgtop --help lists them'],
	['--no-audit', 'unknown flag --no-audit: did you mean --no-audit-log?'],
	['--dry-run=yes', '--dry-run takes no value'],
	['--no-dry-run', 'unknown flag --no-dry-run: pgtop --help lists them'],
	['--signals=5', '--signals takes no value'],
	['--signal', 'unknown flag --signal: did you mean --signals?'],
])('pgtop %s is one sentence', async (line, sentence) => {
	expect(await parseArguments(line.split(' '), options)).toEqual({type: 'bad', sentence});
});

test('an audit file without a name can’t be written: that is a mistake, not a question at every signal', async () => {
	expect(await parseArguments(['--audit-log='], options)).toMatchObject({type: 'bad'});
});
