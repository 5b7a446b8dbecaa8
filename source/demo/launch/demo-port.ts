/** The port of the demo's server. It listens nowhere, so only the name of its socket has the number. */
export const demoPort = 5432;
