/**
Texts of queries, and what the rule in `special.ts` makes of each of them. One list for both sides: a test runs JavaScript over it, another one the servers.

No text has a zero in it, so that any server keeps it as it is.
*/
export type SpecialCase = {
	readonly text: string;
	/** Words that must be asked about stand in it. */
	readonly isStatement: boolean;
	/** It is comment up to its end, as far as that can be told. */
	readonly isComment: boolean;
};

const statement = (text: string): SpecialCase => ({text, isStatement: true, isComment: false});
const comment = (text: string): SpecialCase => ({text, isStatement: false, isComment: true});
const both = (text: string): SpecialCase => ({text, isStatement: true, isComment: true});
const plain = (text: string): SpecialCase => ({text, isStatement: false, isComment: false});

const commands: readonly SpecialCase[] = [
	statement('create index concurrently i on t (a)'),
	statement('CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)'),
	statement('CrEaTe InDeX cOnCuRrEnTlY i on t (a)'),
	statement('reindex index concurrently i'),
	statement('REINDEX (VERBOSE, CONCURRENTLY) TABLE t'),
	statement('reindex (concurrently true) schema s'),
	statement('drop index concurrently i'),
	statement('alter table t detach partition p concurrently'),
	statement("commit prepared 'gid'"),
	statement("ROLLBACK PREPARED 'gid'"),
	statement("rollback\tprepared\r\n'gid'"),
	statement("commit\u000B\fprepared 'gid'"),
	plain('create index i on t (a)'),
	plain('refresh materialized view concurrently v'),
	plain("prepare transaction 'gid'"),
	plain('commit'),
	plain('rollback to savepoint a'),
	plain('select 1'),
	plain('prepared commit'),
	plain('concurrently create'),
];

/** What stands between and around the words. */
const around: readonly SpecialCase[] = [
	statement('create/**/index/**/concurrently i on t (a)'),
	statement("commit/* a /* b */ c */prepared 'gid'"),
	statement("commit -- now\nprepared 'gid'"),
	statement('create\nindex\n-- a word\nconcurrently i on t (a)'),
	statement('/* 1,100 bytes */ create index concurrently i on t (a)'),
	statement('-- a word\ncreate index concurrently i on t (a)'),
	statement('  \t\r\n\f reindex table concurrently t'),
	statement('create index concurrently "é" on t (a)'),
	statement('create index é concurrently i on t (a)'),
	statement('/* é */create index concurrently i on t (a)'),
	statement('écreate index concurrentlyé'),
	statement('create index concurrently "日本語" on t (a)'),
	statement('create index concurrently "𝄞" on t (a)'),
	statement('create index concurrently "a\\b" on t (a)'),
	statement('\\create index \\concurrently'),
	statement("create index concurrently i on t (a) where b = 'it''s'"),
	statement("select 'create index concurrently'"),
	statement('select "commit" from prepared'),
	statement('select $$ drop index $$, $$ concurrently $$'),
	statement('select 1 -- create index concurrently'),
	statement("select E'\\'create' || 'concurrently'"),
	statement("create index concurrently\u00A0i on t (a) where a = '\u001B[2J'"),
	plain('reİndex index concurrently i'),
	plain('reındex index concurrently i'),
	plain('CREATE INDEX CONCURRENTLＹ i ON t (a)'),
	plain('create index conc\u200Burrently i on t (a)'),
	plain("ſelect 'commit preparéd'"),
	plain('create index con/**/currently i on t (a)'),
	plain('cre\\ate index concurrently'),
];

/** All of these are nothing but comment and white space to PostgreSQL, or would be with what was cut. */
const comments: readonly SpecialCase[] = [
	comment(''),
	comment(' '),
	comment(' \t\r\n\f\u000B'),
	comment('--'),
	comment('---'),
	comment('-- a'),
	comment('-- a\n'),
	comment('-- a\r'),
	comment('-- a\n-- b'),
	comment('-- a\r\n-- b\r\n'),
	comment('-- a\r/* b\n */'),
	comment('-- a\r/* b */ -- c'),
	comment('-- /*\n'),
	comment('-- /* a\n -- */'),
	comment('/* a -- b */'),
	comment('/* -- */-- a'),
	comment('/*'),
	comment('/* a'),
	comment('/* a *'),
	comment('/* a **'),
	comment('/*/'),
	comment('/*//'),
	comment('/*/*'),
	comment('/*/*/'),
	comment('/*/*/*/*/'),
	comment('/*/ */'),
	comment('/**'),
	comment('/***'),
	comment('/**/'),
	comment('/***/'),
	comment('/****/'),
	comment('/**/ /**/'),
	comment('/**//**/'),
	comment('/*a*//*b*/'),
	comment('/* * / */'),
	comment('/* * / '),
	comment('/* a / b * c */'),
	comment('/* a\nb\r\nc */\n'),
	comment('/* a */ -- b'),
	comment('/* a */ /* b'),
	comment('/* /* */ */'),
	comment('/* /* */'),
	comment('/* /* a */ b */ -- c'),
	comment('/*/**/*/'),
	comment('/*/**/'),
	comment('/* //* */ */'),
	comment('/* /* /* a */ */ */ /* b'),
	comment("/* it's */"),
	comment('/* "a */'),
	comment('/* $$ */'),
	comment('/* \\ */'),
	comment('/* \\*/'),
	comment('/* é */ -- é'),
	comment('/* é'),
	comment('-- 日本語 𝄞'),
	comment('/* \u001B[2J \u00A0 */'),
	comment('-- a\\\n/* b */'),
	comment('/* a */ -'),
	comment('/* a */ /'),
	both('/* create index concurrently */'),
	both('/* create index concurrently'),
	both('-- create index concurrently i on t (a)'),
	both("/* commit */ -- prepared 'gid'"),
];

/** Comment at first, and something behind it. */
const behindComments: readonly SpecialCase[] = [
	plain('/* a */ select 1'),
	plain('-- a\nselect 1'),
	plain('-- a\rselect 1'),
	plain('-- a\r\nselect 1'),
	plain('-- /*\nselect 1 /* a'),
	plain('/* -- */ select 1'),
	plain('/* * / */ select 1'),
	plain('/* a */ */'),
	plain('/* a **/* b */'),
	plain('/**/*'),
	plain('/* a */ ; /* b'),
	plain('/* a */ - - b'),
	plain('/* a */ / * b */'),
	plain('select 1 /* a'),
	plain('select 1 -- a'),
	plain("'/* a */'"),
	plain('"/* a"'),
	plain('\u00A0/* a */'),
	plain('é/* a */'),
	plain('/* a */é'),
	plain('\\/* a */'),
	plain('- -'),
	plain('/ *'),
	statement('/* a */ create index concurrently i on t (a)'),
	statement("/* a\n*/commit prepared 'gid'"),
	// A comment within a comment may have ended, and nobody counts: it is asked rather once too often.
	comment('/* /* a */ b */ select 1'),
	both('/* /* a */ b */ create index concurrently i on t (a)'),
];

export const specialTexts: readonly SpecialCase[] = [...commands, ...around, ...comments, ...behindComments];
