import type {Stats} from 'node:fs';
import {lstat, mkdir, readlink} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {clean} from '../domain/text/clean.js';
import {fromBytes, pathOf} from '../domain/text/raw-text.js';
import {isOwn, mayOthersWrite} from './audit/audit-trust.js';
import {systemCodeOf} from './system-code.js';

/**
Makes a folder for its owner alone, and those above it, where they are missing. Rejects with a sentence when somebody else could put files there, or another folder in its place.

Every folder and every link on the way must be ours or root's. Otherwise root, in the home of the user who called sudo, would make folders wherever a link of that user points.
*/
export async function makeFolder(folder: string): Promise<void> {
	if (!path.isAbsolute(folder)) {
		const other = 'XDG_STATE_HOME names another place';
		throw new Error(`${clean(folder)} is nowhere: this user has no home directory (${other})`);
	}

	const there = await follow('', folder, {links: 0, isMade: true});
	const facts = await lstat(pathOf(there));
	if (mayOthersWrite(facts) && !isSticky(facts))
		throw new Error(`${clean(there)} may be written by others (chmod 700 makes it private)`);
}

type Way = {readonly links: number; readonly isMade: boolean};

/** How many links Linux follows in one path. */
const mostLinks = 40;

/** Goes down from a folder without links in its path, one name at a time. Returns the path without links. */
async function follow(start: string, way: string, {links, isMade}: Way): Promise<string> {
	const {root} = path.parse(way);
	let at = root || start;
	if (root) await look(root, false);
	for (const name of way.slice(root.length).split(path.sep)) {
		// `at` has no link left, so the folder above it is its parent.
		if (name === '..') at = path.dirname(at);
		if (name === '' || name === '.' || name === '..') continue;
		const next = path.join(at, name);
		if (!(await look(next, isMade)).isSymbolicLink()) at = next;
		else if (links === mostLinks) throw new Error(`${clean(next)} is a link to itself`);
		else {
			const target = fromBytes(await readlink(pathOf(next), {encoding: 'buffer'}));
			at = await follow(at, target, {links: links + 1, isMade: false});
		}
	}

	return at;
}

const isSticky = ({mode}: Stats) => (mode & 0o1000) !== 0;

/** Whoever may write in a folder can replace anything in it, unless the folder is sticky. */
const mayAllWrite = (facts: Stats) =>
	process.platform !== 'win32' && facts.isDirectory() && (facts.mode & 0o002) !== 0 && !isSticky(facts);

async function look(place: string, isMade: boolean): Promise<Stats> {
	const facts = await lstat(pathOf(place)).catch(async (error: unknown) => {
		if (!isMade || systemCodeOf(error) !== 'ENOENT') throw error;
		await mkdir(pathOf(place), {mode: 0o700}).catch((failed: unknown) => {
			// Another pgtop was there first.
			if (systemCodeOf(failed) !== 'EEXIST') throw failed;
		});
		return lstat(pathOf(place));
	});
	if (!isOwn(facts) && facts.uid !== 0)
		throw new Error(`${clean(place)} belongs to another user (--audit-log names another place)`);
	if (mayAllWrite(facts)) throw new Error(`${clean(place)} may be written by all (chmod o-w ends that)`);
	return facts;
}
