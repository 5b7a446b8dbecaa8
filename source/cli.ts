import process from 'node:process';
import packageJson from '../package.json' with {type: 'json'};
import {isHeldUp} from './run/end/held-up.js';
import {keepReport} from './run/end/keep-report.js';
import {causeOf, openLife} from './run/end/life.js';
import {openOutput} from './run/output.js';
import {runProgram} from './run/program.js';
import {readGiven} from './run/start/given.js';
import {asciiOf, isUtf8} from './terminal/drawable.js';

// Where something fails that nobody has thought of, also at the end, the code says so.
process.exitCode = 70;

const {stdin, stdout, stderr} = process;
const {version} = packageJson;
const given = readGiven(process.argv, process.env);
const {environment} = given;
// What was typed may have a password in it, and others see it in the list of processes.
process.title = 'pgtop';
const drawable = isUtf8(environment, process.platform) ? (text: string) => text : asciiOf;
const output = openOutput(stdout, stderr, drawable);
const life = openLife({
	version,
	environment,
	complain: output.complain,
	keep: async report => keepReport(report, environment),
});

// A library's warning must not be written over the screen.
process.removeAllListeners('warning');
runProgram({...output, version, given, stdin, stdout, stderr, drawable, life}).then(
	cause => cause && life.end(cause),
	(error: unknown) => life.end(causeOf(error)),
);
const {code, signal} = await life.ended;
await output.said();
// Whatever is still open, the program ends here.
if (code === undefined || (await isHeldUp())) {
	process.removeAllListeners(signal);
	process.kill(process.pid, signal);
} else process.exit(code);
