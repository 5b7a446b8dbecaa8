import type {Finding} from '../../domain/server/alarms/finding.js';
import {staleAfter} from '../../domain/server/pace.js';
import type {Trouble} from '../../domain/server/trouble.js';
import {roughAge} from '../../domain/text/format.js';
import {pictureOf} from '../../state/picture.js';
import type {State} from '../../state/state.js';

/** Why the picture is not of now, if it is not. */
export function tellStale(state: State): readonly Finding[] {
	const {server, screen, settings} = state;
	const snapshot = pictureOf(state);
	const {receivedAt, link, failures, refused} = server;
	const old = screen.clock - receivedAt;
	if (link.type !== 'up') {
		const again =
			link.type === 'down' && link.tryAt === Infinity
				? 'a refused login is tried again by r only'
				: 'pgtop reconnects by itself';
		const text = snapshot ? `${agedPicture(old)}: no connection` : 'there is no picture yet: no connection';
		const first = link.lostBy === undefined || link.lostBy === link.why ? '' : `${link.lostBy}; since then: `;
		return [{isRed: true, text, more: `${first}${link.why}; ${again}; until then nothing can be signalled`}];
	}

	if (!snapshot)
		return refused === undefined
			? []
			: [
					{
						isRed: true,
						text: `there is no picture yet: ${refused.why}`,
						next: 'tried again, later each time',
					},
				];
	if (screen.pausedAt !== undefined || old < staleAfter(settings.interval, server.serverMs)) return [];
	return [
		{
			isRed: true,
			text: `${agedPicture(old)}: ${failures > 0 ? 'refreshes fail' : 'no answer from the server'}`,
			more: `${failures > 0 && refused ? `${failedWords(refused)}; r asks at once; ` : ''}c and k are still checked by the server, against what it sees then`,
		},
	];
}

const failedWords = ({why, hint}: Trouble) => (hint === undefined ? why : `${why}: ${hint}`);

const agedPicture = (old: number) => `this picture is ${roughAge(old)} old`;
