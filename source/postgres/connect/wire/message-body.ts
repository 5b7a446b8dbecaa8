/** Reads the fields of one message; `at` is past the end as soon as one of them is missing. */
class Fields {
	at = 0;
	readonly body: Buffer;

	constructor(body: Buffer) {
		this.body = body;
	}

	/** A text with its zero byte. */
	skipText(): this {
		const end = this.body.indexOf(0, this.at);
		this.at = end < 0 || this.at > this.body.length ? Number.POSITIVE_INFINITY : end + 1;
		return this;
	}

	skip(bytes: number): this {
		this.at += bytes;
		return this;
	}

	int16(): number {
		const {at} = this.skip(2);
		return at > this.body.length ? 0 : this.body.readInt16BE(at - 2);
	}

	int32(): number {
		const {at} = this.skip(4);
		return at > this.body.length ? 0 : this.body.readInt32BE(at - 4);
	}

	isAtEnd(): boolean {
		return this.at === this.body.length;
	}
}

const isTexts = (count: number) => (body: Buffer) => {
	const fields = new Fields(body);
	for (let left = count; left > 0; left--) fields.skipText();
	return fields.isAtEnd();
};

const isLong = (bytes: number) => (body: Buffer) => body.length === bytes;

/** An error or a notice: fields of a letter and a text, and a zero byte at the end. */
function isNotice(body: Buffer): boolean {
	const fields = new Fields(body);
	while (fields.at < body.length && body[fields.at] !== 0) fields.skip(1).skipText();
	return fields.skip(1).isAtEnd();
}

const scramNames = 10;

/** The length, in bytes, of requests that have only one, by their number: welcome, password, md5. */
const requests: Readonly<Record<number, number>> = {0: 4, 3: 4, 5: 8};

function isLoginRequest(body: Buffer): boolean {
	if (body.length < 4) return false;
	const request = body.readInt32BE(0);
	const length = requests[request];
	if (length !== undefined) return body.length === length;
	if (request !== scramNames) return true;
	const fields = new Fields(body).skip(4);
	while (fields.at < body.length && body[fields.at] !== 0) fields.skipText();
	return fields.skip(1).isAtEnd();
}

const countOf = (body: Buffer) => new Fields(body).int16();

const textFormat = 0;

function isRowDescription(body: Buffer): boolean {
	const fields = new Fields(body);
	const columns = fields.int16();
	for (let left = columns; left > 0 && fields.at <= body.length; left--) {
		// A simple query is answered in text.
		if (fields.skipText().skip(16).int16() !== textFormat) return false;
	}

	return columns >= 0 && fields.isAtEnd();
}

/** A message with one value for each of these columns. */
function isRow(body: Buffer, columns: number): boolean {
	const fields = new Fields(body);
	if (columns < 0 || fields.int16() !== columns) return false;
	for (let left = columns; left > 0; left--) {
		const length = fields.int32();
		if (length < -1) return false;
		fields.skip(Math.max(0, length));
	}

	return fields.isAtEnd();
}

const statuses: readonly string[] = ['I', 'T', 'E'];

/** For each message that answers a login or a simple query: whether its body is as it should be. A row needs the number of its columns. */
const layouts: Readonly<Record<string, (body: Buffer, columns: number) => boolean>> = {
	A: body => body.length > 4 && isTexts(2)(body.subarray(4)),
	C: isTexts(1),
	D: isRow,
	E: isNotice,
	I: isLong(0),
	K: isLong(8),
	N: isNotice,
	R: isLoginRequest,
	S: isTexts(2),
	T: isRowDescription,
	Z: body => body.length === 1 && statuses.includes(body.toString('latin1')),
};

/** Whether a message's body holds what its type demands, to the byte: its reader checks no end. `columns` is the number in the last row description, or -1. */
export const isWellFormed = (type: string, body: Buffer, columns: number): boolean =>
	layouts[type]?.(body, columns) ?? false;

/** How many columns a row description has. */
export const columnsOf = (description: Buffer): number => countOf(description);
