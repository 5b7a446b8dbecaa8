import {chmod, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {start, type Terminal} from '../test/helpers/terminal/terminal.js';
import {filmSize, largestFilm} from './limits.js';
import {film, type Shot} from './svg/film.js';
import type {Press} from './svg/key-cap.js';

// None of the tests: with this `npm run media` draws the moving picture of the README, from the real program.

/** The session that holds a lock and does nothing, since a minute. */
const holder = / billing .* idle-tx +blocks \d+ .* 1m\d\ds /;

const selectedHolder = new RegExp(`^>#.*${holder.source}`);

const t: Press = {key: 't', does: 'who waits for whom'};
const b: Press = {key: 'b', does: 'who blocks them all'};
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

async function nextPicture(): Promise<void> {
	const before = pgtop.row(0);
	await pgtop.until(() => pgtop.row(0) !== before);
}

// At the end others may wait for one another, which shows nothing: then anew.
test('film.svg: b and k on the session that all others wait for', {timeout: 150_000, retry: 2}, async () => {
	const shots: Shot[] = [];
	const show = (seconds: number, press?: Press) => shots.push({bytes: pgtop.bytes(), seconds, press});

	await pgtop.until(holder, 120_000);
	await nextPicture();
	show(2);
	await pgtop.type(300, 't');
	await pgtop.until(/└─ /);
	show(2, t);
	await pgtop.type(300, 'b');
	await pgtop.until(selectedHolder);
	show(0.6, b);
	show(1.2);
	const atRest = shots.length - 1;
	await nextPicture();
	// So late that the next picture comes before the next holder of the lock.
	await pgtop.type(1300, 'k');
	await pgtop.until(/^\d+ ended [\d.]+s after k: \d+ went on/);
	show(2, k);
	await nextPicture();
	expect(pgtop.find(/ (?:lock|queue) < /)).toBe(-1);
	show(3.4);

	const svg = await film(shots, atRest, filmSize, 'pgtop --demo');
	expect(svg.length).toBeLessThan(largestFilm);
	await writeFile(join(import.meta.dirname, 'film.svg'), svg);
});
