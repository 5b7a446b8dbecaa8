/** As a terminal does it at Ctrl-W: back over blanks, then over what is none. */
export const withoutLastWord = (text: string): string => text.replace(/[^ \t]*[ \t]*$/, '');
