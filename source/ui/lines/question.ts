import type {Inspection} from '../../domain/inspection.js';
import {keyOf, type Signal} from '../../domain/signal/target.js';
import {age, percent} from '../../domain/text/format.js';
import {wrap} from '../../domain/text/wrap.js';
import {timeOf} from '../../domain/time.js';
import type {Question} from '../../state/state.js';
import {fitLine, type Line, textLine} from './line.js';

const verbs: Readonly<Record<Signal, {readonly asks: string; readonly yes: string}>> = {
	cancel: {asks: 'cancel the query of', yes: 'cancel it'},
	terminate: {asks: 'end the session of', yes: 'end it'},
};

/** A question as lines of exactly `width` cells, at most `height` of them: what, why, the facts, and the keys. */
export function questionLines(question: Question, width: number, height: number): readonly Line[] {
	const {signal, facts, reasons} = question;
	if (!facts) return [];
	const {pid} = facts.backend;
	const {asks, yes} = verbs[signal];
	const title: Line = [{text: `${keyOf[signal]}: ${asks} ${pid}?`, styles: ['bold', 'yellow']}];
	const why = [...reasons, ...wraparoundOf(facts)]
		.flatMap(reason => wrap(reason, width - 2))
		.map(line => `  ${line}`);
	const session = wrap(sessionOf(facts), width - 5).map(line => `     ${line}`);
	const query = facts.backend.query?.text ? [`     ${facts.backend.query.text}`] : [];
	// Who it is and what it runs have their lines, however long the reasons are.
	const room = height - 2;
	const kept = Math.min(session.length, 2) + query.length;
	const told = shortened(why, Math.max(1, room - kept));
	const shown = [...told, ...session.slice(0, room - told.length - query.length), ...query];
	const keys: Line = [{text: `y: yes, ${yes}      any other key: no`, styles: ['bold']}];
	return [title, ...shown.slice(0, room).map(textLine), keys].map(line => fitLine(line, width));
}

/** At most so many lines; `~` says that there were more. */
const shortened = (lines: readonly string[], most: number) =>
	lines.length <= most ? lines : [...lines.slice(0, most - 1), `${lines[most - 1]}~`];

/** Who it is and what is lost. */
function sessionOf({backend, at, xid}: Inspection): string {
	const time = timeOf(backend, at);
	const parts = [
		`${backend.user ?? backend.type ?? '?'}@${backend.database ?? '-'}`,
		backend.application ?? '',
		backend.isVisible ? (backend.state ?? '') : 'state ?',
		time === undefined ? '' : age(time),
		xid === undefined ? '' : 'has written',
	];
	return parts.filter(part => part !== '').join('  ');
}

const wraparoundOf = ({backend, wraparound}: Inspection) =>
	wraparound !== undefined && backend.query?.text.includes('(to prevent wraparound)')
		? [`${backend.database} is at ${percent(wraparound)} of the way to wraparound`]
		: [];
