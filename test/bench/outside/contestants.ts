import {accessSync, constants} from 'node:fs';
import {delimiter, join} from 'node:path';
import process from 'node:process';
import type {ServerAddress} from '../../../source/demo/open-client.js';
import {program} from '../../helpers/terminal/terminal.js';
import type {ProgramName} from '../report/figure.js';
import type {Shown} from './watched.js';

/** One of those that run side by side. */
export type Contestant = {
	readonly name: ProgramName;
	/** As a user starts it. */
	command(address: ServerAddress): readonly string[];
	/** With a picture every second. */
	everySecond: readonly string[];
	/** The first picture is there, whole. */
	isReady(shown: Shown): boolean;
	/** Absent where no arrow selects a row. */
	readonly arrows?: {
		/** An arrow has selected a row. */
		isSelected(shown: Shown): boolean;
		/** Each sorts by another column than the one before, and they are pressed in turn. */
		readonly sort: readonly string[];
	};
};

export const down = '\u001B[B';

const hasLine = ({lines}: Shown, pattern: RegExp) => lines().some(line => pattern.test(line));

const addressWords = ({host, port}: ServerAddress) => ['-h', host, '-p', String(port)];

/** The program, with this Node.js. */
export const pgtopWith = (node: string): Contestant => ({
	name: 'pgtop',
	command: address => [node, program, ...addressWords(address)],
	everySecond: ['--interval', '1'],
	// Some rows under their titles.
	isReady: ({lines}) => {
		const all = lines();
		const title = all.findIndex(line => /^ +PID +USER/.test(line));
		return title >= 0 && all.slice(title + 1, title + 11).every(line => /^[ >] +\d+ /.test(line));
	},
	arrows: {isSelected: shown => hasLine(shown, /^> +\d+ /), sort: ['>', '>', '<', '<']},
});

/** What a user would run instead. */
const peers: readonly Contestant[] = [
	{
		name: 'pg_activity',
		command: address => ['pg_activity', ...addressWords(address)],
		everySecond: ['--refresh', '1'],
		isReady: shown => hasLine(shown, /RUNNING QUERIES/) && hasLine(shown, /Quit|Back to activities/),
		arrows: {
			isSelected: shown => hasLine(shown, /Back to activities/),
			sort: ['m', 't'],
		},
	},
	{
		name: 'pg_top',
		command: address => ['pg_top', ...addressWords(address)],
		everySecond: ['-s', '1'],
		isReady: shown => hasLine(shown, /PID USERNAME/),
	},
];

/** Those that are installed here. */
export const installedPeers = (): readonly Contestant[] =>
	peers.filter(({name}) =>
		(process.env.PATH ?? '').split(delimiter).some(folder => isProgram(join(folder, name))),
	);

function isProgram(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** Each logs in as a role of its own, by which its sessions are found. */
export const roleOf = (name: ProgramName) => `bench_${name}`;

export const loginOf = ({name}: Contestant) => ({PGUSER: roleOf(name), PGDATABASE: 'postgres'});
