import {thresholds} from '../../../source/domain/server/thresholds.js';
import type {Settings} from '../../../source/state/state.js';

/** A run that nobody has told anything. */
export const usualSettings: Settings = {
	target: 'dba@db1:5432/shop',
	version: '1.0.0',
	isReadOnly: false,
	isDryRun: false,
	confirm: 'auto',
	interval: 2000,
	thresholds,
	isAscii: false,
};
