import type {Machine} from '../machine.js';

type HomeFiles = {
	readonly passwords?: string;
	readonly services?: string;
	/** The folder of root.crt, root.crl, postgresql.crt and postgresql.key. */
	readonly certificates?: string;
};

/** Where libpq looks for the files of a person. */
export function homeFiles(
	{HOME, APPDATA}: Readonly<NodeJS.ProcessEnv>,
	{home = '', isWindows}: Machine,
): HomeFiles {
	if (isWindows) {
		if (!APPDATA) return {};
		const folder = `${APPDATA}/postgresql`;
		return {passwords: `${folder}/pgpass.conf`, services: `${folder}/.pg_service.conf`, certificates: folder};
	}

	const folder = HOME || home;
	if (folder === '') return {};
	return {
		passwords: `${folder}/.pgpass`,
		services: `${folder}/.pg_service.conf`,
		certificates: `${folder}/.postgresql`,
	};
}
