import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {start, type Terminal} from '../test/helpers/terminal/terminal.js';
import {largestStill, stillSize} from './limits.js';
import {still} from './svg/still.js';

// None of the tests: with this `npm run media` draws the pictures that stand still, from the real program.

/** The session that holds a lock and does nothing. */
const holder = / billing .* idle-tx /;
const selectedHolder = /^>.* billing .* idle-tx /;

let pgtop: Terminal;

beforeEach(async () => {
	pgtop = start(['--demo', '--theme', 'dark'], stillSize);
	await pgtop.until(holder);
});

afterEach(async () => pgtop.end());

async function draw(name: string, title: string): Promise<void> {
	const svg = await still(pgtop.bytes(), stillSize, title);
	expect(svg.length).toBeLessThan(largestStill);
	await writeFile(join(import.meta.dirname, name), svg);
}

/** The list, and the session that all others wait for. */
async function drawList(): Promise<void> {
	// Ages differ by then, and a minute is shown in yellow.
	await pgtop.until(/^▲ \d+ blocks [7-9] since 1m\d\ds: idle-tx /, 120_000);
	await pgtop.until(/ tps +[1-9]/);
	await pgtop.type('b');
	await pgtop.until(selectedHolder);
	await pgtop.until(/^k end /);
	await draw('pgtop.svg', 'pgtop --demo');
}

/** What the server knows of the selected session. */
async function drawDetails(): Promise<void> {
	await pgtop.type('\r');
	await pgtop.until(/idle in transaction for 1m/);
	await pgtop.until(/^update invoices$/);
	await draw('details.svg', 'pgtop --demo, Enter');
	await pgtop.type('\u001B');
	await pgtop.until(selectedHolder);
}

/** Who waits for whom. */
async function drawTree(): Promise<void> {
	await pgtop.type('t');
	await pgtop.until(/└─ /);
	await draw('tree.svg', 'pgtop --demo, t');
	await pgtop.type('t');
	await pgtop.until(() => pgtop.find(/└─ /) < 0);
}

/** Every alert, and what is in order. */
async function drawAlerts(): Promise<void> {
	await pgtop.type('!');
	await pgtop.until(/^Alerts/);
	await draw('alerts.svg', 'pgtop --demo, !');
	await pgtop.type('\u001B');
	await pgtop.until(selectedHolder);
}

async function drawHelp(): Promise<void> {
	await pgtop.type('?');
	await pgtop.until(/pg_cancel_backend/);
	await draw('help.svg', 'pgtop --demo, ?');
	await pgtop.type('\u001B');
	await pgtop.until(selectedHolder);
}

/** The list while a filter is typed. */
async function drawFilter(): Promise<void> {
	await pgtop.type('/');
	await pgtop.until(/^filter:/);
	await pgtop.type('wait:lock >5s');
	await pgtop.until(/^filter: wait:lock >5s +[1-9]\d* of \d+/);
	await draw('filter.svg', 'pgtop --demo, /');
	await pgtop.type('\u001B');
	await pgtop.until(/^k end /);
}

/** The question about all that is tagged. */
async function drawTags(): Promise<void> {
	// The next one holds the lock by then.
	await pgtop.until(/^▲ \d+ blocks [7-9] since /, 120_000);
	await pgtop.type('b');
	await pgtop.until(selectedHolder);
	await pgtop.type('/');
	await pgtop.until(/^filter:/);
	await pgtop.type('wait:lock');
	await pgtop.until(/^filter: wait:lock +[1-9]\d* of \d+/);
	await pgtop.type('\r');
	await pgtop.until(/^filter wait:lock: /);
	await pgtop.type('T');
	await pgtop.until(/^\d+ tagged/);
	// A key counts only a second after a line was typed.
	await pgtop.type(1300, 'c');
	await pgtop.until(/^c: cancel the query of \d+ tagged\?/);
	await draw('tags.svg', 'pgtop --demo, /wait:lock, T, c');
	await pgtop.type('n');
	await pgtop.until(/^c: no, /);
	await pgtop.type('U');
	await pgtop.until(/^\d+ untagged/);
	await pgtop.type('\u001B');
	await pgtop.until(/^no filter any more/);
}

/** What was seen after k. */
async function drawEnd(): Promise<void> {
	// A key counts only for a row that was on the screen long enough to be looked at, and a second after a line was typed.
	await pgtop.type(1300, 'k');
	await pgtop.until(/^\d+ ended [\d.]+s after k/);
	await pgtop.until(/^>.* gone .*ended [\d.]+s after k/);
	// With the next picture those that waited have gone on.
	await pgtop.until(() => pgtop.find(/ (?:lock|queue) < /) < 0);
	await draw('ended.svg', 'pgtop --demo, after k');
}

/** What is asked before the end of a background process. */
async function drawQuestion(): Promise<void> {
	await pgtop.type('a');
	await pgtop.until(/^background processes shown/);
	await pgtop.type('\u001B[F');
	await pgtop.until(/^>.* logical replication launcher/);
	await pgtop.type(900, 'k');
	await pgtop.until(/^k: end process \d+\?/);
	await draw('question.svg', 'pgtop --demo, a question');
	await pgtop.type('n');
}

// The next holder of the lock may come before the picture without one: then anew.
test('pgtop, tree, details, alerts, help, filter, ended, tags, question', {
	timeout: 300_000,
	retry: 2,
}, async () => {
	await drawList();
	await drawTree();
	await drawDetails();
	await drawAlerts();
	await drawHelp();
	await drawFilter();
	await drawEnd();
	await drawTags();
	await drawQuestion();
});
