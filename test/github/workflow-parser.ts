import type * as Parser from '@actions/workflow-parser';
import {build} from 'esbuild';

// It imports JSON in a way that only bundlers understand.
const {outputFiles} = await build({
	entryPoints: ['@actions/workflow-parser'],
	bundle: true,
	platform: 'browser',
	format: 'esm',
	write: false,
});
const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');

/** GitHub's own parser of workflows. */
export const workflowParser: typeof Parser = await import(`data:text/javascript;base64,${code}`);
