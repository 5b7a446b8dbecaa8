import path from 'node:path';

/**
Where the configuration file is: in the XDG configuration folder. Undefined for who has no home.

`home` is the account's, for where the environment names none.
*/
export function configurationPath(
	{XDG_CONFIG_HOME: folder = '', HOME = '', USERPROFILE = ''}: Readonly<NodeJS.ProcessEnv>,
	{home = '', isWindows}: {readonly home?: string; readonly isWindows: boolean},
): {readonly file: string; readonly shown: string} | undefined {
	// The XDG specification says to ignore a relative path. A relative home would be another one in each folder.
	const own = [isWindows ? USERPROFILE : HOME, home].find(one => path.isAbsolute(one));
	const inFolder = path.join('pgtop', 'config.toml');
	if (path.isAbsolute(folder)) return {file: path.join(folder, inFolder), shown: path.join(folder, inFolder)};
	const inHome = path.join('.config', inFolder);
	return own === undefined ? undefined : {file: path.join(own, inHome), shown: path.join('~', inHome)};
}
