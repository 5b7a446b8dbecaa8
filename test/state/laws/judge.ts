import {expiresAfter} from '../../../source/domain/signal/outcome.js';
import {recordOf} from '../../../source/domain/signal/record.js';
import {keyOf, type Order} from '../../../source/domain/signal/target.js';
import {noon} from '../../helpers/state/backend.js';
import {down, end, home, pageDown, pageUp, up} from '../../helpers/state/play.js';
import type {AskedOfMany} from './eye.js';
import type {Log, Read, Sent} from './run.js';
import {type Step, stepOf, stepShown, whyOf} from './sessions.js';

/** How a signal came about. */
export type Way =
	| 'highlighted'
	| 'in its line'
	| 'second k'
	| 'question'
	| 'question on the next'
	| 'question read for 1.5 s'
	| 'question about many'
	| 'repeated';

/** In milliseconds. */
const lookFor = 500;
const aloneFor = 50;
const silentFor = 700;
const againFrom = 700;
const againUntil = 10_000;
const inTime = 2000;

/** How long after such bytes a key can't be one: they may begin something longer, and cast a shadow when they are broken off. */
const shadows: ReadonlyMap<string, number> = new Map([
	['\u001B', 200],
	['\u001B[', 200 + 500],
	['\u001BO', 200 + 500],
	['\u001B[200~', 2000 + 500],
	['\u001B[\u0001', 500],
]);

const moves = [down, up, home, end, pageDown, pageUp];
const isMove = ({bytes}: Read) => moves.some(one => bytes.includes(one));

const ofQuestion: readonly Way[] = [
	'question',
	'question on the next',
	'question read for 1.5 s',
	'question about many',
];

/** Counts the runs in which something was sent: of the others no law says anything. */
export function counting() {
	const runs = {sending: 0, asked: 0};
	const ways = new Map<Way, number>();
	return {
		runs,
		ways,
		count(all: readonly Way[]) {
			if (all.length > 0) runs.sending++;
			if (all.some(way => ofQuestion.includes(way))) runs.asked++;
			for (const way of all) ways.set(way, (ways.get(way) ?? 0) + 1);
		},
	};
}

/** Quicker than `expect`, which is called too often here. */
function law(holds: boolean, sentence: string): asserts holds {
	if (!holds) throw new Error(`against the law: ${sentence}`);
}

/** Judges every signal of a run, and tells how each came about. */
export function judge(log: Log): readonly Way[] {
	const used = new Map<Read, Sent['orders']>();
	const numbers = new Set<number>();
	let last: {readonly key: Read; readonly order: Order} | undefined;
	return log.sent.map(sent => {
		const {order, isRepeated} = sent;
		if (isRepeated) return judgeRepeated(log, sent);
		const key = keyFor(log, sent);
		law((used.get(key) ?? sent.orders) === sent.orders, 'one key sends one command');
		law(!numbers.has(order.number), 'every order has a number of its own');
		used.set(key, sent.orders);
		numbers.add(order.number);
		const isHeld = last !== undefined && last.key !== key && isHeldKey(log, last, {key, order});
		law(!isHeld, 'a key that is held down sends once');
		last = {key, order};
		if (key.bytes !== 'y') return judgeAtOnce(log, sent, key);
		return key.eye.many ? judgeMany(log, sent, key, key.eye.many) : judgeAnswer(log, sent, key);
	});
}

type Pressed = {readonly key: Read; readonly order: Order};

/** The same key on the same session, before it was let go for long enough; a movement ends that. */
function isHeldKey({reads}: Log, before: Pressed, {key, order}: Pressed): boolean {
	const isSame = before.order.signal === order.signal && before.order.target.id === order.target.id;
	const between = reads.slice(reads.indexOf(before.key), reads.indexOf(key));
	return isSame && key.bytes !== 'y' && !between.some(isMove) && key.at - before.key.at < silentFor;
}

/** The one key that a signal comes of: alone, and no part of anything longer. */
function keyFor({reads, settings}: Log, {at, order}: Sent): Read {
	const index = reads.findLastIndex(read => read.at < at);
	const key = reads[index];
	law(key !== undefined, 'a signal comes of a key');
	law(key.bytes === keyOf[order.signal] || key.bytes === 'y', 'the key is c, k or y, and nothing else');
	law(at - key.at >= aloneFor, 'nothing follows the key within 50 ms');
	const before = reads[index - 1];
	const gap = key.at - (before?.at ?? -Infinity);
	law(gap >= aloneFor, 'nothing comes 50 ms before the key');
	law(gap >= (shadows.get(before?.bytes ?? '') ?? 0), 'the key is not what is left of something longer');
	// On the server's clock, which is ours from noon on.
	law(order.expiresAt === noon + key.at * 1000 + expiresAfter, 'it takes effect within 3 s of the key');
	law(!settings.isReadOnly, 'nothing is sent with --read-only');
	law(key.eye.isUp, 'nothing is sent without a connection');
	return key;
}

const isLeftOut = ({settings}: Log, {why}: Step) => settings.confirm === 'never' && why === 'vacuum';

/** It goes to the row that is highlighted, and demands what was looked at. */
function judgeAtOnce(log: Log, {order, facts, isUnrecorded}: Sent, key: Read): Way {
	const {signal, target} = order;
	const {sights, highlighted, told, startedAt, blindSince} = key.eye;
	law(key.bytes === keyOf[signal], 'without a question c cancels, and k ends');
	law(!key.isTagged, 'what is tagged is always asked about');
	law(!isUnrecorded, 'what is not recorded was asked about');
	law(blindSince === undefined, 'after a lost link or another screen a new picture comes first');
	law(highlighted?.id === target.id, 'it goes to the row that is highlighted in the last frame');
	const sight = sights.get(target.id);
	law(sight !== undefined, 'the row is on the screen');
	const isSettled = sight.line !== undefined && key.at - sight.since >= lookFor;
	const isHighlighted = key.at - highlighted.since >= lookFor;
	law(isSettled || isHighlighted, 'the row was in its line, or highlighted, for 500 ms');

	const step = stepOf(target);
	const seen = sight.values.findLast(({drawnAt}) => key.at - drawnAt >= lookFor);
	law(step !== undefined && seen !== undefined, 'what it demands was there for 500 ms');
	law(stepShown(seen.backend) === step, 'it demands what was last there for 500 ms');
	law(order.startedAt === seen.startedAt, 'it demands the server of that picture');
	law(order.startedAt === startedAt, 'that picture is not of a server before');
	const {stateAge} = recordOf(seen.backend, seen.at);
	law(facts.stateAge === stateAge, 'what is written down has the ages of that picture');

	law(log.settings.confirm !== 'always', 'with --confirm=always everything is asked about');
	law(step.may[signal] !== 'never', 'what can not be signalled is not');
	law(step.may[signal] === 'at once' || isLeftOut(log, step), 'what must be asked about is');
	law(order.asked.length === 0, 'what was not asked about is held back');
	const usual = signal === 'cancel' ? 'query' : step.demands;
	const isAgain = signal === 'terminate' && told?.id === target.id;
	const isSecond = isAgain && key.at - (told.drawnAt ?? key.at) <= againUntil;
	// A second k, when it was said that the first came too late.
	law(!isAgain || key.at - (told.drawnAt ?? key.at) >= againFrom, 'a second k comes when that was read');
	law(order.work === (isSecond ? 'session' : usual), 'it demands the work that was looked at');
	return isSecond ? 'second k' : isHighlighted ? 'highlighted' : 'in its line';
}

/** It answers the question that was read, about what that shows. */
function judgeAnswer(log: Log, {order, isUnrecorded}: Sent, key: Read): Way {
	const {signal, target, asked, work} = order;
	const {question, patience, isOld} = key.eye;
	law(question !== undefined && !isOld, 'y answers a question whose facts are on the screen');
	law(question.id === target.id, 'it goes to the session that the question shows');
	law(question.key === keyOf[signal], 'it is the signal that the question names');
	law(key.at - question.since >= patience, 'the question was there for long enough');
	law(order.startedAt === question.startedAt, 'it demands the server that the question was read from');
	const isShown = asked.every(reason => question.whys.includes(whyOf[reason]));
	law(isShown, 'only reasons that stood on the question hold nothing back');
	law(!isUnrecorded || question.whys.includes('audit'), 'that it is not recorded stood on the question');

	const step = stepOf(target);
	law(step !== undefined, 'it demands what the session was at');
	law(step.may[signal] !== 'never', 'what can not be signalled is not');
	const isDue = step.why !== undefined && !isLeftOut(log, step);
	law(!isDue || question.whys.includes(step.why), 'the reason that is due stood on the question');
	const {isMoved} = question;
	const isAnything = work === 'session';
	law(signal === 'terminate' || work === 'query', 'c is for a query');
	law(
		!isAnything || isMoved || step.demands === 'session',
		'yes to whatever it is at only when that was said',
	);
	law(isAnything || !isMoved, 'when that was said y demands the session alone');
	const isSame = step.named[signal] === stepShown(question.backend)?.named[signal];
	law(isAnything || isSame, 'it demands the work that the question shows');
	return isMoved ? 'question on the next' : patience > lookFor ? 'question read for 1.5 s' : 'question';
}

/** It answers the question about all that is tagged: each of those that it named, once. */
function judgeMany(
	log: Log,
	{order, orders, isUnrecorded}: Sent,
	{at, eye: {patience, isOld}}: Read,
	{key, ids, whys, startedAts, since}: AskedOfMany,
): Way {
	const {signal, target, asked, work, startedAt} = order;
	law(!isOld, 'y answers a question whose facts are on the screen');
	law(key === keyOf[signal], 'it is the signal that the question names');
	law(at - since >= patience, 'the question was there for long enough');
	law(ids.has(target.id), 'it goes to a session that the question names');
	law(new Set(orders.map(one => one.order.target.id)).size === orders.length, 'each gets it once');
	law(startedAts.has(startedAt), 'it demands the server that the question was read from');
	law(work === (signal === 'cancel' ? 'query' : 'session'), 'a tag is on the session, and c on its query');
	const isShown = asked.every(reason => whys.includes(whyOf[reason]));
	law(isShown, 'only reasons that stood on the question hold nothing back');
	law(!isUnrecorded || whys.includes('audit'), 'that it is not recorded stood on the question');
	const step = stepOf(target);
	law(step !== undefined, 'it demands what the session was at');
	law(step.may[signal] !== 'never', 'what can not be signalled is not');
	const isDue = step.why !== undefined && !isLeftOut(log, step);
	law(!isDue || whys.includes(step.why), 'the reason that is due stood on the question');
	return 'question about many';
}

/** Only when the server's clock has jumped: the same order, once, for what is left of its time. */
function judgeRepeated({sent, heard, reads}: Log, again: Sent): Way {
	const {number, expiresAt} = again.order;
	const [first, ...others] = sent.filter(({order}) => order.number === number);
	law(first !== undefined && others.length === 1 && !first.isRepeated, 'an order is repeated once');
	const wanted = JSON.stringify({...first.order, expiresAt});
	law(JSON.stringify(again.order) === wanted, 'it is the same order');
	const cause = heard.find(({at, action}) => at === again.at && action.number === number);
	const answer = cause?.action.answer;
	law(answer?.type === 'answered' && answer.held[0] === 'time', 'it is repeated when it was too late');
	const since = again.at - (reads.findLast(read => read.at < first.at)?.at ?? -Infinity);
	law(since < inTime, 'it is repeated when it can not have been too late');
	law(
		expiresAt === (answer.at ?? 0) + expiresAfter - since * 1000,
		'it is repeated for what is left of its time',
	);
	return 'repeated';
}
