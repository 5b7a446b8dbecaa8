import fc from 'fast-check';

/** Texts that a lexer of SQL may stumble over, closed or not. */
export const raw: fc.Arbitrary<string> = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				"'",
				'"',
				'$',
				'$a$',
				'$$',
				'--',
				'/*',
				'*/',
				'E',
				"E'",
				'\\',
				'\n',
				' ',
				'.',
				':',
				'-',
				'+',
			),
			fc.constantFrom('1', '1.', 'e', '\u00A0', 'é', '漢', '😀', '\0', 'select', '(', '[', '@', '|', '::'),
			fc.string({maxLength: 3}),
		),
		{maxLength: 20},
	)
	.map(pieces => pieces.join(''));
