import {lockGraphOf} from '../../../domain/locks/lock-graph.js';
import type {Prepared} from '../../../domain/locks/prepared.js';
import {preparedId} from '../../../domain/locks/prepared-session.js';
import {ageSince} from '../../../domain/session/time.js';
import {age} from '../../../domain/text/format.js';
import {quoteLiteral, quoteName} from '../../../domain/text/quote.js';
import {wrap} from '../../../domain/text/wrap.js';
import {pictureOf} from '../../../state/picture.js';
import type {State} from '../../../state/state.js';
import {chosenMark, type Field, fieldBlanks, type Page} from '../page.js';

type Layer = Extract<State['screen']['layers'][number], {type: 'prepared'}>;

/** What ends a prepared transaction. */
type Ending = {readonly command: string; readonly text: string};

/** Both texts; none where the name is not the server's own. */
export const endingsOf = ({gid, isCleaned}: Prepared): readonly Ending[] =>
	isCleaned
		? []
		: ['COMMIT PREPARED', 'ROLLBACK PREPARED'].map(command => ({
				command,
				text: `${command} ${quoteLiteral(gid)}`,
			}));

const unmarked = ' '.repeat(chosenMark.length);

/** What ends a prepared transaction, to choose from, and what is known of it, in lines of `width` cells. `sizes` says how many rows each text takes. */
export function preparedPage(
	state: State,
	width: number,
	{prepared, chosen}: Layer,
): Page & {readonly sizes: readonly number[]} {
	const endings = endingsOf(prepared);
	const facts = factsOf(state, prepared);
	const names = Math.max(...['commit', 'rollback', ...facts.map(([name]) => name)].map(({length}) => length));
	const room = Math.max(1, width - names - chosenMark.length - fieldBlanks);
	const named = (name: string, value: string): readonly Field[] =>
		wrap(value, room).map((line, index) => ({name: index === 0 ? name : '', value: line}));
	const choices = endings.map(({command, text}, index) => {
		const [name = ''] = command.toLowerCase().split(' ');
		return named(`${index === chosen ? chosenMark : unmarked}${name}`, text);
	});
	return {
		title: 'A prepared transaction: it has no process, and ends only by one of these',
		fields: [...choices, ...facts.map(([name, value]) => named(`${unmarked}${name}`, value))].flat(),
		lines: [],
		sizes: choices.map(({length}) => length),
	};
}

function factsOf(state: State, prepared: Prepared): readonly (readonly [name: string, value: string])[] {
	const {gid, owner, database, preparedAt, isCleaned} = prepared;
	const picture = pictureOf(state);
	const id = preparedId(prepared);
	const isGone = picture?.prepared?.every(one => preparedId(one) !== id || one.preparedAt !== preparedAt);
	const blocks = picture ? (lockGraphOf(picture).sights.get(id)?.blocks ?? 0) : 0;
	const since = picture && ageSince(preparedAt, picture.at);
	return [
		...(isCleaned
			? [['no text', 'its name has something in it that is not shown here: so none is offered'] as const]
			: []),
		...(isGone ? [['gone', 'it has ended already'] as const] : []),
		['in doubt', 'its transaction manager knows which'],
		['run it', `in database ${isCleaned ? database : quoteName(database)}, as ${owner} or a superuser`],
		['gid', gid],
		['age', typeof since === 'number' ? age(since) : '?'],
		['blocks', String(blocks)],
	];
}
