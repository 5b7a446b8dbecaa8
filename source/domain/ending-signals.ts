/** The signals by which a terminal, a person or the system asks a program to end. Whoever has something to put back, or to end with the program, hears all of them. */
export const endingSignals = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const;

export type EndingSignal = (typeof endingSignals)[number];
