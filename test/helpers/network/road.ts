import type {Socket} from 'node:net';

/** How bytes travel. */
export type Weather = {
	/** How much later they arrive, in milliseconds. */
	readonly delay?: number;
	/** Every packet of this number is lost, and comes, with all behind it, that many milliseconds later: TCP sends it again. */
	readonly loss?: {readonly every: number; readonly pause: number};
	/** In bytes per second; absent, as fast as they come. */
	readonly rate?: number;
};

/** In bytes: what TCP sends in one packet over most networks. */
const packet = 1400;

/** A rate is kept by pieces that take about so long, in milliseconds. */
const pieceTakes = 20;

/** One direction of a connection. Whatever the weather, bytes arrive in order. */
export function openRoad(to: Socket, weather: () => Weather): (bytes: Buffer) => void {
	const under: {readonly bytes: Buffer; readonly at: number}[] = [];
	let lastAt = 0;
	let packets = 0;
	let timer: NodeJS.Timeout | undefined;

	const arrive = () => {
		timer = undefined;
		while (under[0] && under[0].at <= performance.now()) to.write(under.shift()?.bytes ?? '');
		if (under[0]) timer = setTimeout(arrive, under[0].at - performance.now());
	};
	to.once('close', () => clearTimeout(timer));

	return bytes => {
		const {delay = 0, loss, rate = Infinity} = weather();
		if (delay === 0 && !loss && rate === Infinity && under.length === 0) {
			to.write(bytes);
			return;
		}

		const size = Math.max(1, Math.min(packet, Math.floor((rate * pieceTakes) / 1000)));
		for (let from = 0; from < bytes.length; from += size) {
			const piece = bytes.subarray(from, from + size);
			const isLost = loss !== undefined && ++packets % loss.every === 0;
			const sent = Math.max(lastAt - delay, performance.now()) + (isLost ? loss.pause : 0);
			lastAt = sent + (1000 * piece.length) / rate + delay;
			under.push({bytes: piece, at: lastAt});
		}

		timer ??= setTimeout(arrive, (under[0]?.at ?? 0) - performance.now());
	};
}
