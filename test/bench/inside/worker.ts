import process from 'node:process';
import {measureFrames} from './frames.js';

// Bundled as the program is, and run with the program's Node.js: what a frame costs inside it.

const [port, rounds, unmeasured] = process.argv.slice(2).map(Number);
if (port === undefined || rounds === undefined || unmeasured === undefined)
	throw new Error('port, rounds and rounds before these');

process.stdout.write(JSON.stringify(await measureFrames({host: '127.0.0.1', port}, rounds, unmeasured)));
process.exit();
