import {chmod, mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {demoPort} from '../source/demo/launch/demo-port.js';
import {openClient} from '../source/demo/open-client.js';
import {start, type Terminal} from '../test/helpers/terminal/terminal.js';
import {filmSize, largestFilm} from './limits.js';
import {film, type Shot} from './svg/film.js';
import type {Press} from './svg/key-cap.js';

// None of the tests: with this `npm run media` draws the moving picture of the README, from the real program.

/** What began before the session that holds a lock: the highlight has a way to go. */
const report = / analyst .* select date_trunc/;
/** The session that holds a lock and does nothing. A minute of that is shown in yellow. */
const holder = / billing .* idle-tx .* 1m\d\ds /;

const selected = (row: RegExp) => new RegExp(`^>.*${row.source}`);

const down: Press = {key: '↓', does: 'next row'};
const k: Press = {key: 'k', does: 'end the session'};

let folder: string;
let pgtop: Terminal;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-film-'));
	// The server may run as another user.
	await chmod(folder, 0o1777);
	pgtop = start(['--demo'], {...filmSize, env: {TMPDIR: folder}});
});

afterEach(async () => {
	await pgtop.type('q');
	await pgtop.exit();
	await rm(folder, {recursive: true, force: true});
});

/** Who comes after the first one is younger than the report. */
async function endFirstHolder(): Promise<void> {
	await pgtop.until(/ billing .* idle-tx /);
	const [server = ''] = await readdir(folder);
	const address = {host: join(folder, server), port: demoPort};
	const client = await openClient(address, {user: 'postgres', database: 'shop', application: 'film'});
	await client.query(
		"select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'psql'",
	);
	await client.end();
}

async function nextPicture(): Promise<void> {
	const before = pgtop.row(0);
	await pgtop.until(() => pgtop.row(0) !== before);
}

// At the end others may wait for one another, which shows nothing: then anew.
test('film.svg: k on the session that others wait for', {timeout: 150_000, retry: 2}, async () => {
	const shots: Shot[] = [];
	const show = (seconds: number, press?: Press) => shots.push({bytes: pgtop.bytes(), seconds, press});
	const goDown = async (row: RegExp, secondsAfter: number) => {
		await pgtop.type('\u001B[B');
		await pgtop.until(selected(row));
		show(0.5, down);
		// Two caps with nothing between them would look like one.
		show(secondsAfter);
	};

	await endFirstHolder();
	await pgtop.until(holder, 120_000);
	show(2);
	await nextPicture();
	show(0.8);
	// So late that the next picture comes before the next holder of the lock, and while the rows keep their places.
	await pgtop.type(500);
	await goDown(report, 0.2);
	await goDown(holder, 1.3);
	const atRest = shots.length - 1;
	// A key counts only for a row that was on the screen long enough to be looked at.
	await pgtop.type(900, 'k');
	await pgtop.until(/^>.* gone .*ended [\d.]+s after k/);
	show(1.8, k);
	await nextPicture();
	expect(pgtop.find(/ lock (?:xid|tuple) /)).toBe(-1);
	show(3.6);

	const svg = await film(shots, atRest, filmSize, 'pgtop --demo');
	expect(svg.length).toBeLessThan(largestFilm);
	await writeFile(join(import.meta.dirname, 'film.svg'), svg);
});
