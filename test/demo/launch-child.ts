import process from 'node:process';
import {setInterval} from 'node:timers';
import {findBinaries} from '../../source/demo/binaries.js';
import {startDemo} from '../../source/demo/demo.js';
import {launch} from '../../source/demo/launch.js';

// A program of its own, to be killed by the tests: it says what it started and stays.
const found = await findBinaries();
if ('failure' in found) {
	throw new Error(found.failure);
}

console.log('launching');
const started =
	process.argv[2] === 'demo'
		? await startDemo({onFault: sentence => console.log(sentence)})
		: await launch(found.binaries);
console.log(`started ${started.host}`);
setInterval(() => {}, 1000);
