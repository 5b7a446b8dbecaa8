/** The same function, which keeps its last answer: as long as it is asked of the same objects, it computes nothing. */
export function ofLast<Values extends readonly unknown[], Answer>(
	compute: (...values: Values) => Answer,
): (...values: Values) => Answer {
	let last: {readonly values: Values; readonly answer: Answer} | undefined;
	return (...values) => {
		if (!last?.values.every((value, index) => value === values[index]))
			last = {values, answer: compute(...values)};
		return last.answer;
	};
}
