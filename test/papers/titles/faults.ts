/** The lines of the manual's page on faults, by their first cells, and the test of each: its file in `test`, and words of its title. */
export const faults: Readonly<Record<string, readonly [file: string, title: string]>> = {
	'a fast or immediate shutdown': ['postgres/lost', 'shutdown: lost, once, and after the start'],
	'a smart shutdown': ['scenes/server/comeback', 'a smart shutdown lets pictures come, and ends with us'],
	'a restart': [
		'program/server/restart',
		'a restart of the server is survived, and nothing of before can be hit',
	],
	'a crash of the server': [
		'scenes/server/crash',
		'a session that was signalled, and that a crash has ended',
	],
	'the server starts up, recovers or shuts down': [
		'program/server/restart',
		'a server that refuses for a while is asked again, and the reason is shown',
	],
	'a standby is promoted': [
		'scenes/server/comeback',
		'a standby that is promoted is the primary on the screen, over the same connection',
	],
	'another server answers, after a failover or behind a pooler': [
		'scenes/server/other-server',
		'a question closes when another server answers, although the connection stood',
	],
	"somebody ends pgtop's session": [
		'program/server/restart',
		'after an ended connection of its own it comes back to the same picture',
	],
	'somebody cancels a refresh of pgtop': [
		'scenes/server/comeback',
		'a refresh that somebody cancels costs neither the connection nor a part of the picture',
	],
	'a catalogue is locked': [
		'scenes/server/catalogue',
		'with pg_database locked its holder is shown, with the oid of its database, and k ends it',
	],
	'one of the things that a refresh reads is refused, or its function is missing': [
		'postgres/parts',
		'without %s %s is left out and named, and the rest is there',
	],
	'one of them takes too long': ['state/server/alerts', 'that fails again is left out for another minute'],
	'refreshes take the server over 5 % of the interval': [
		'state/server/sample',
		'is asked at the stretched interval',
	],
	'every refresh fails': ['state/server/sample', 'is followed by the next one later each time'],
	'a role whose statements may take 1 ms': [
		'postgres/parts',
		'a role with a limit of 1 ms for a statement sees and signals all the same',
	],
	'a role with a short `idle_session_timeout`': [
		'state/server/link',
		'lost again at once is tried later each time: no server has logins for nothing twice a second',
	],
	'a role or a database with other settings: time-outs of statements, read-only, encodings, message languages':
		['postgres/role-settings', 'with $name = $value it shows and signals the same'],
	'an answer with letters where a number belongs, or with too few columns or rows': [
		'program/shell/life',
		'a server whose numbers are none is told as that, and the screen stays',
	],
	'an answer that never ends': ['program/server/flood', '%s: the keys answer, and the screen says what came'],
	'no connection slot is free at the start': [
		'postgres/failures/full',
		'a server that gets fuller tells each time who may still get in, who then does',
	],
	'no slot is free at a reconnect': [
		'scenes/server/slots',
		'when others have taken all slots the reason is shown with who may get in',
	],
	'the password was changed': [
		'program/login/new-password',
		'a password that has changed is asked for by r, not shown, and kept',
	],
	'the role was dropped, or may not log in any more': [
		'scenes/server/comeback',
		'where our role is dropped pictures go on, and a new connection is refused once, with the reason',
	],
	'a name that no name server knows': [
		'postgres/lost',
		'a name that is not known any more is told of, and looked up again with the next try',
	],
	'a server that takes the connection and says nothing': [
		'program/shell/connecting',
		'%s (%i) ends the start of %s at a server that stops %s',
	],
	'nothing comes any more, and nobody says so': [
		'postgres/lost',
		'a network that has gone silent loses the connection after the time that a server may be silent; a slow one does not',
	],
	'a slow network': [
		'postgres/connect/session/watch-answers',
		'one on which bytes trickle does not break before the time for a whole answer, and then does',
	],
	'200 ms there and back, and packets lost': [
		'scenes/server/weather',
		'over a link of 200ms that loses every twentieth packet pictures come, and k is answered',
	],
	'the connection breaks before the answer to a signal': [
		'scenes/server/link',
		'the connection breaks before the answer: nobody knows, until the session is seen to be gone',
	],
	'a signal that the network delivers after more than 3 s': [
		'scenes/server/link',
		'a signal that the link delivers after more than 3s takes no effect, and is said to be too late',
	],
	'an answer that is cut, or has a wrong byte': [
		'wire/fuzz',
		'whatever becomes of the words of a server with %s',
	],
	'connections that break again and again': [
		'scenes/server/weather',
		'however often the connection breaks, there is one session on the server',
	],
	'a refresh hangs where its limits of 2 s for a statement and 1 s for a lock do not hold': [
		'postgres/cancel-request',
		'a refresh that hangs where none of its limits holds is broken off, and the connection is kept',
	],
	'`q` while a refresh hangs': [
		'program/server/quit',
		'with refreshes that are stuck on the server nothing of ours is left there after q, SIGTERM or SIGKILL',
	],
	'escape sequences, control characters, bidirectional marks in a query, a name or a message': [
		'program/output/hostile',
		'no text of a session reaches the terminal as anything but text',
	],
	'wide characters, emoji, marks on letters': [
		'program/output/hostile',
		'wide characters, emoji and marks keep the columns aligned',
	],
	'bytes that are no UTF-8, from a database in SQL_ASCII': [
		'postgres/queries/texts',
		'connected to a database in %s it shows the texts of all others',
	],
	'a query of 1 MB, or of 10,000 lines': [
		'fuzz/more-updates',
		'of %d characters in %d lines is shown, scrolled through and copied whole',
	],
	'a locale that is not UTF-8': [
		'program/output/locale',
		'in the locale %s the screen is ASCII, and its columns stay aligned',
	],
	'a small terminal': [
		'program/output/screen',
		'%ix%i is too small: one line says so, and k does nothing there',
	],
	'it changes its size again and again': [
		'program/output/sizes',
		'at any size, and after a hundred others, the screen is whole',
	],
	'TERM is dumb': ['program/shell/life', 'in a terminal that can only print, it prints one picture'],
	'any other TERM': ['program/output/sizes', 'with TERM=%j it draws, quits and gives the screen back'],
	'there is no alternate screen, as in GNU screen': [
		'program/shell/life',
		'where there is no second screen, the prompt comes on a line of its own',
	],
	'it takes nothing any more': ['program/shell/stalled', '%s ends it while the terminal takes nothing'],
	'the window is closed, or SSH drops': [
		'program/shell/restore',
		'%i ms later the terminal is closed: the program ends by that, and its session',
	],
	'SIGINT, SIGTERM, SIGQUIT, SIGHUP': [
		'program/shell/restore',
		'after %s the terminal is as it was, and the exit code %i',
	],
	'Ctrl-Z and `fg`; SIGSTOP and SIGCONT': [
		'program/shell/suspend',
		'%s gives the terminal to the shell, and fg brings a new picture',
	],
	'standard input is no terminal': ['program/output/plain', 'without keys to read it says so, once'],
	'standard output is full, or its reader has gone': [
		'program/output/plain',
		'a reader that leaves (| %s) is a quiet end',
	],
	'a paste of 1 MB, held keys': [
		'fuzz/more-updates',
		'that begins with %j, of %d bytes, signals nothing, and the next key is heard',
	],
	'sequences that are broken, reports of a mouse': [
		'program/keys/bytes',
		'$what: no session is signalled, and k alone ends one',
	],
	"the server's clock is set back": ['scenes/server/clock', 'set back since the picture that is said'],
	'pgtop was asleep for hours, with its machine or by SIGSTOP': [
		'state/jump',
		'are followed by one refresh at most, and one try to connect',
	],
	'it runs for hours with 500 sessions that come and go': [
		'bench/soak/measure-soak',
		'a soak has refreshes, sessions that come and go',
	],
	"a fault of pgtop's own, wherever": ['program/shell/life', 'when drawing fails it ends'],
	"the audit file can't be written": [
		'scenes/question/unwritable',
		'an audit file that can not be written does not disarm the tool',
	],
	'the disk is full': ['files/audit/audit-run', 'L shows the lines that could not be written'],
};
