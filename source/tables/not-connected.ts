/** Begins why a key does nothing without a connection. */
export const notConnected = 'not connected';
